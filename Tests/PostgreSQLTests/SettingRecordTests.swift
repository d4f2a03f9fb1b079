import SourceText
import Testing

@testable import PostgreSQL

struct SettingRecordTests {
  @Test func thereIsOneRecordForASettingInTheOrderOfNames() {
    let names = SettingRecord.all.map(\.name)
    #expect(names == Array(Set(names)).sorted())
    #expect(names == names.map(\.asciiLowercased))
  }

  /// A record without a row would be a misspelt name. The exceptions are old names, names
  /// that no supported major has any more, and one that only the betas of 17 had.
  @Test func aRecordIsOfASettingOfSomeMajor() {
    for record in SettingRecord.all
    where record.currentName == nil && record.name != "standby_slot_names" {
      let isOlder = record.goneSince.map { $0 <= PostgresMajor.supported.lowerBound } ?? false
      #expect(SettingTableReader.runs(of: record.name).isEmpty == isOlder, "\(record.name)")
    }
  }

  /// The record and the table say the same where both speak.
  @Test func aRecordSaysSinceWhenASettingIsGone() {
    for record in SettingRecord.all {
      guard let last = SettingTableReader.runs(of: record.name).last?.majors.upperBound else {
        continue
      }
      let gone = last < PostgresMajor.supported.upperBound ? last.number + 1 : nil
      #expect(record.goneSince?.number == gone || record.dependsOnRelease, "\(record.name)")
    }
  }

  @Test func aCheckIsOfTheTypeOfItsSetting() {
    for record in SettingRecord.all {
      // In the newest major that has it: log_connections used to be a boolean.
      if let run = SettingTableReader.runs(of: record.name).last {
        switch record.check {
        case .bool?: #expect(run.columns[0] == "bool", "\(record.name)")
        case .integer?: #expect(run.columns[0] == "integer", "\(record.name)")
        case .string?, .bytes?, .text?:
          #expect(["string", "enum"].contains(run.columns[0]), "\(record.name)")
        case nil: break
        }
        if !record.aliases.isEmpty, record.name != "log_min_messages" {
          #expect(run.columns[0] == "enum", "\(record.name)")
        }
      }
    }
  }

  @Test func everyRecoveryTargetHasACheck() {
    for name in SettingRecord.recoveryTargets {
      #expect(SettingRecord.of(name)?.check != nil, "\(name)")
    }
  }
}
