import Admission
import PostgreSQL
import SchemaCoding
import SourceText
import Workspace

extension HBARecord {
  /// The record in one line, without the options of its method: they decide nothing here,
  /// and may hold secrets.
  var textWithoutOptions: String {
    var record = self
    record.options = []
    return record.fields.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension HBABook.Origin {
  /// `topology.yml:17`, or why the record is there; fit for a terminal.
  var text: String {
    switch self {
    case .written(let path, let line): "\(VisibleText.escaping(path)):\(line)"
    case .derived(let reason): "derived, \(VisibleText.escaping(reason))"
    }
  }

  var json: JSONValue {
    switch self {
    case .written(let path, let line):
      .object(["file_name": .string(path), "line_number": .integer(line)])
    case .derived(let reason): .object(["derived": .string(reason)])
    }
  }
}

extension Verdict {
  /// What programs read.
  var name: String {
    switch self {
    case .admitted: "admitted"
    case .rejected: "rejected"
    case .unmatched: "unmatched"
    case .unknown: "unknown"
    }
  }

  var status: ExitStatus {
    switch self {
    case .admitted: .clean
    case .rejected, .unmatched: .findings
    case .unknown: .failure
    }
  }
}
