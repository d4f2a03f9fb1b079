import ArgumentParser
import Reporting
import SchemaCoding
import TopologyModel
import TopologyRender
import Workspace

struct SchemaCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema (draft 2020-12) of topology files, for editors.")

  @OptionGroup var target: TargetOption

  func outcome(in environment: Environment) -> Outcome {
    let schema = Schema.topology(for: target.chosen.target).shape.jsonSchema(
      id: "https://raw.githubusercontent.com/pgtopo/pgtopo/main/schemas/topology.schema.json",
      title: "pgtopo topology")
    return Outcome(output: JSONText.of(schema))
  }
}
