import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let imageWithoutBootstrap = LintRule(
    "image-without-bootstrap", .warning, .images,
    summary: "Finds images whose entry point is not the official one's.",
    rationale: """
      pgtopo's scripts call the entry point of the official image and use its variables and paths. \
      Bitnami's images have others: they read POSTGRESQL_… variables and keep their data in \
      /bitnami/postgresql. So have those of Software Collections and of Crunchy Data.
      """,
    bad: [
      """
      postgres: {version: 17, image: ▸bitnamilegacy/postgresql:17◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, image: ▸docker.io/bitnami/postgresql:17◂}
        replica: {role: replica, ip: 172.22.0.101, image: ▸quay.io/sclorg/postgresql-17-c9s:20260101◂}
      """,
    ],
    good: ["postgres: {version: 17, image: registry.example.com/db/postgres:17}"],
    target: "compose"
  ) { topology, findings in
    for image in topology.declaredImages where image.value.hasOtherEntryPoint {
      findings.report(
        .otherEntryPoint(image.value), at: image.range,
        hint: "Write \(name: topology.officialImage), or an image that is built from it.")
    }
  }
}

extension PostgresImage {
  fileprivate var hasOtherEntryPoint: Bool {
    repository.split(separator: "/").contains {
      ["bitnami", "bitnamilegacy", "bitnamisecure", "sclorg", "crunchydata"].contains($0)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func otherEntryPoint(_ image: PostgresImage) -> Self {
    "image \(name: image) does not start like the official one"
  }
}
