/// A mistake in the file itself, which no rule reports and nothing can allow.
struct FormatProblem: Sendable {
  let id: String
  /// What is reported, as one sentence.
  let summary: String
  /// Why it is a mistake and what to write instead.
  let explanation: String

  init(_ id: String, _ summary: String, _ explanation: String) {
    (self.id, self.summary, self.explanation) = (id, summary, explanation)
  }

  /// Every mistake that decoding and resolving report, in the order of their names.
  static let all: [FormatProblem] = [
    FormatProblem(
      "ambiguous-replication-user", "Several users may replicate and none is named.",
      "Say which of them the replicas connect as, with the key \"user\" below \"replication\"."),
    FormatProblem(
      "closed-database", "A name leads to a database that lets nobody in.",
      """
      PostgreSQL keeps template0 as initdb made it and turns every connection to it away. It is \
      nobody's first database, and nobody's to own.
      """),
    FormatProblem(
      "duplicate-key", "One mapping has a key twice.",
      "YAML readers disagree about which one wins, and most say nothing. Remove one."),
    FormatProblem(
      "duplicate-value", "A list that is a set has a value twice.",
      "The second one adds nothing, so one of the two was probably meant to be another."),
    FormatProblem(
      "exactly-one-key", "A mapping needs exactly one of its keys and has none or several.",
      "A password, for example, comes from \"env\", from \"file\" or from \"literal\"."),
    FormatProblem(
      "invalid-address", "A text is no IP address, block or host address with a port.",
      """
      Addresses are read strictly, since readers differ: no leading zeros (010 is 8 to some), \
      four octets, no host bits where a block is meant.
      """),
    FormatProblem(
      "invalid-encoding", "The file is not UTF-8 text.",
      "Save it as UTF-8. NUL and other control characters have no place in it."),
    FormatProblem(
      "invalid-value", "A value is of the right type but cannot be meant.",
      "The hint says what can be written. \"pgtopo schema\" prints all of the format."),
    FormatProblem(
      "missing-key", "A key that has no default is missing.",
      "Add it. The hint says what it means."),
    FormatProblem(
      "missing-primary", "No node is the primary.",
      "Exactly one node has \"role: primary\"; the others copy from it."),
    FormatProblem(
      "missing-superuser", "No user is a superuser.",
      "The image creates the first superuser and nothing works without it."),
    FormatProblem(
      "multiple-primaries", "More than one node is the primary.",
      """
      Streaming replication has a single writer. Two primaries diverge from the first write on, \
      and one of them has to be rebuilt. Make one a replica of the other.
      """),
    FormatProblem(
      "narrowed-category", "A category of rules no longer covers what it did.",
      "The list in .pgtopo.yml may be older than the categories that took its rules. Add these to "
        + "mean what it meant, or name the rules that are meant. The exit status stays as it is."),
    FormatProblem(
      "out-of-range", "A number is smaller or larger than what its key takes.",
      "The message says the valid range."),
    FormatProblem(
      "primary-with-upstream", "The primary has an upstream.",
      "Only a replica receives WAL. Remove the key, or make the node a replica."),
    FormatProblem(
      "refused-by-server", "A server refuses something in its configuration file.",
      "The sentence is the server's own. A server does not start with the file, and a reload "
        + "leaves out what is wrong, or everything."),
    FormatProblem(
      "too-few-values", "A list or mapping that needs entries is empty.",
      "Add one, or leave the key out where it is optional."),
    FormatProblem(
      "unknown-database", "A name leads to no database.",
      "Databases are those of \"postgres\" and those that users list below \"databases\"."),
    FormatProblem(
      "unknown-node", "A name leads to no node.",
      "Nodes are the keys below \"nodes\"."),
    FormatProblem(
      "unknown-user", "A name leads to no user.",
      "Users are the keys below \"users\". Roles that PostgreSQL brings begin with pg_."),
    FormatProblem(
      "unrecognized-key", "A key means nothing where it stands.",
      "It is a misspelling, or belongs elsewhere: check its indentation."),
    FormatProblem(
      "unusable-conninfo", "libpq cannot read the connection string in primary_conninfo.",
      "The server takes the file and starts. A standby's WAL receiver then fails each time it "
        + "wants to connect to the primary. Write keywords and values, "
        + "\"host=primary user=repuser\", or a URL."),
    FormatProblem(
      "upstream-cycle", "Replicas receive WAL from each other in a circle.",
      "Follow the upstreams: each chain has to end at the primary."),
    FormatProblem(
      "wrong-type", "A value has another type than its key takes.",
      """
      Text that looks like a number or boolean has to stand in quotes: what 010 or 1_000 mean \
      differs between YAML readers.
      """),
    FormatProblem(
      "yaml-syntax", "The file cannot be read as YAML.",
      """
      Look at the line before, too: an unclosed quote or bracket is noticed late. Tabs cannot \
      indent; merge keys, several documents and endless aliases are refused.
      """),
  ]
}
