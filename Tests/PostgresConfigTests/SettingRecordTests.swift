import Testing

@testable import PostgresConfig

struct SettingRecordTests {
  @Test func thereIsOneRecordForASettingInTheOrderOfNames() {
    let names = SettingRecord.all.map(\.name)
    #expect(names == Array(Set(names)).sorted())
    #expect(names == names.map(\.asciiLowercased))
  }

  /// A record without a row would be a misspelt name; old names have none.
  @Test func aRecordIsOfASettingOfSomeMajor() {
    for record in SettingRecord.all
    where record.goneSince == nil && record.currentName == nil {
      #expect(!SettingTableReader.runs(of: record.name).isEmpty, "\(record.name)")
    }
  }

  @Test func aCheckIsOfTheTypeOfItsSetting() {
    for record in SettingRecord.all {
      // Of the newest major that has it: log_connections was a boolean before.
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
