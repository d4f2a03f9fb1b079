import PostgreSQL
import Testing

@Test func readsConnectionStringsAsEachLibpqDid() throws {
  let corpus = try ConninfoCorpus.read()
  #expect(corpus.cases.count >= 450)
  for recorded in corpus.cases {
    for verdict in recorded.answers {
      for major in verdict.majors {
        let answer = ConninfoCorpus.Answer(
          parsing: recorded.text, major: PostgresMajor(major))
        #expect(answer == verdict.answer, "libpq \(major): \(recorded.text)")
      }
    }
  }
}

@Test func knowsTheKeywordsOfEachLibpq() throws {
  let keywords = try ConninfoCorpus.read().keywords
  #expect(keywords.count == 4)
  for (major, known) in keywords {
    #expect(ConninfoKeyword.all(in: PostgresMajor(try #require(Int(major)))) == known)
  }
}

@Test(.enabled(if: InstalledLibpq.isAvailable))
func readsConnectionStringsAsTheInstalledLibpq() throws {
  var generated = GeneratedConninfo(seed: 14)
  let texts = (0..<4000).map { _ in generated.next() }
  let libpq = try InstalledLibpq.ask(texts)
  let major = PostgresMajor(libpq.major)
  #expect(ConninfoKeyword.all(in: major) == libpq.keywords)
  try #require(libpq.answers.count == texts.count)
  var accepted = 0
  for (text, theirs) in zip(texts, libpq.answers) {
    #expect(ConninfoCorpus.Answer(parsing: text, major: major) == theirs, "\(text)")
    if case .options = theirs { accepted += 1 }
  }
  #expect(accepted > 500 && accepted < 3500)
  print("conninfo, libpq \(major): \(texts.count) strings, \(accepted) accepted, all agree")
}
