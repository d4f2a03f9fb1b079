import PostgreSQL
package import TopologyModel

/// Who can reach what, with which method, and by which record.
///
/// It asks about every user and address that the records may treat differently, and merges
/// those that are treated alike. Whatever is not listed is rejected.
package struct AdmissionMatrix: Sendable {
  /// What a record decides for some users.
  package struct Row: Hashable, Sendable {
    /// `all` is everybody.
    package let users: [String]
    /// `all` is every database, but not replication.
    package let databases: [String]
    /// Nil if no record matches.
    package let recordNumber: Int?
    package let decision: Decision
  }

  package enum Decision: String, Sendable {
    case admitted, unknown
    /// Listed only where a node or client needs it.
    case refused
  }

  /// All the sources that have the same rows.
  package struct Block: Sendable {
    package let sources: [String]
    package let rows: [Row]
  }

  package let book: HBABook
  /// The node that is connected to; nil for a plain file.
  package let node: ResolvedNode?
  /// Those from which nobody is admitted are last.
  package let blocks: [Block]
  /// Whether every node and client is admitted as it needs to be, as far as that is known.
  package var servesItsTopology: Bool {
    !blocks.contains { $0.rows.contains { $0.decision == .refused } }
  }

  /// Nobody would read a larger matrix, or wait for it.
  private static let limit = 500_000

  package init(_ book: HBABook, _ node: ResolvedNode?) throws(QuestionError) {
    let subjects = MatrixSubjects(book.walk, node)
    let (sources, people, goals) = (subjects.sources, subjects.people, subjects.goals)
    let count = sources.count * people.count * goals.count
    guard count <= Self.limit else { throw .tooManyCells(count, limit: Self.limit) }
    (self.book, self.node) = (book, node)
    var blocks: [(rows: [Row], sources: [MatrixSubjects.Source])] = []
    var places: [[Row]: Int] = [:]
    for source in sources {
      let rows = Self.rows(from: source, people, goals, book.walk)
      if let place = places[rows] {
        blocks[place].sources.append(source)
      } else {
        places[rows] = blocks.count
        blocks.append((rows, [source]))
      }
    }
    let variants = Dictionary(grouping: sources, by: \.name).mapValues(\.count)
    self.blocks = (blocks.filter { !$0.rows.isEmpty } + blocks.filter(\.rows.isEmpty)).map {
      Block(sources: Self.names(of: $1, variants), rows: $0)
    }
  }

  /// The encryption is shown only where it makes a difference.
  private static func names(
    of sources: [MatrixSubjects.Source], _ variants: [String: Int]
  ) -> [String] {
    var names: [String] = []
    for (index, source) in sources.enumerated() {
      let here = sources.count { $0.name == source.name }
      if here == variants[source.name] {
        let isFirst = sources.firstIndex { $0.name == source.name } == index
        if isFirst { names.append(source.name) }
      } else if case .tcp(_, let encryption) = source.kind {
        names.append("\(source.name) \(encryption.text)")
      }
    }
    return names
  }

  private struct Cell: Hashable {
    let recordNumber: Int?
    let decision: Decision
  }

  /// The decision of a record for one user.
  private struct Reach: Hashable {
    let goals: [MatrixSubjects.Goal]
    let cell: Cell
  }

  private static func rows(
    from source: MatrixSubjects.Source, _ people: [MatrixSubjects.Person],
    _ goals: [MatrixSubjects.Goal], _ walk: RecordWalk
  ) -> [Row] {
    var order: [Reach] = []
    var names: [Reach: [String]] = [:]
    for person in people {
      for reach in reaches(source, person, goals, walk) {
        if names[reach] == nil { order.append(reach) }
        names[reach, default: []].append(person.name)
      }
    }
    return order.map { reach in
      let users = names[reach] ?? []
      return Row(
        users: users.count == people.count ? ["all"] : users,
        databases: Self.names(of: reach.goals, among: goals),
        recordNumber: reach.cell.recordNumber, decision: reach.cell.decision)
    }
  }

  /// The targets of one user, merged where one record decides.
  private static func reaches(
    _ source: MatrixSubjects.Source, _ person: MatrixSubjects.Person,
    _ goals: [MatrixSubjects.Goal], _ walk: RecordWalk
  ) -> [Reach] {
    var cells: [Cell] = []
    var reached: [Cell: [MatrixSubjects.Goal]] = [:]
    for goal in goals {
      guard let cell = cell(source, person, goal, walk) else { continue }
      if reached[cell] == nil { cells.append(cell) }
      reached[cell, default: []].append(goal)
    }
    return cells.map { Reach(goals: reached[$0] ?? [], cell: $0) }
  }

  private static func names(
    of reached: [MatrixSubjects.Goal], among goals: [MatrixSubjects.Goal]
  ) -> [String] {
    let databases = reached.filter { $0 != .replication }
    let isAll = databases.count == goals.count { $0 != .replication }
    return (isAll ? ["all"] : databases.map(\.name))
      + (databases.count == reached.count ? [] : [MatrixSubjects.Goal.replication.name])
  }

  /// Nil if the connection is rejected and nobody needs it.
  private static func cell(
    _ source: MatrixSubjects.Source, _ person: MatrixSubjects.Person,
    _ goal: MatrixSubjects.Goal, _ walk: RecordWalk
  ) -> Cell? {
    let target = goal.target(person)
    let connection = HBAConnection(
      type: source.kind, target: target, user: person.user, memberships: person.memberships)
    let isNeeded = source.need.map { $0 == (person.user, target) } ?? false
    switch walk.verdict(of: connection, at: source.server) {
    case .admitted(let number): return Cell(recordNumber: number, decision: .admitted)
    case .unknown(let number, _): return Cell(recordNumber: number, decision: .unknown)
    case .rejected(let number):
      return isNeeded ? Cell(recordNumber: number, decision: .refused) : nil
    case .unmatched: return isNeeded ? Cell(recordNumber: nil, decision: .refused) : nil
    }
  }
}
