import Foundation
import TestSupport
import Testing

/// The reports as other programs read them. Each program prints the problems it finds.
@Suite struct ReportFormatTests {
  private static let isRunnable = PythonScript.isRunnable(importing: "jsonschema")
  private static let reported = Result { try ReportedFolder() }

  /// Fails with the problems that a Python program finds in the reports.
  private func expectNoProblems(_ program: String) throws {
    let reported = try Self.reported.get()
    let input = try JSONSerialization.data(withJSONObject: [
      "reports": reported.reports, "root": reported.folder.url.path,
      "schemas": Corpus.folder.appendingPathComponent("reports").path,
    ])
    let output = try PythonScript.run(
      "\(Self.prelude)\n\(program)\nprint(json.dumps(problems))", input: input)
    #expect(String(decoding: output, as: UTF8.self) == "[]\n")
  }

  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func jsonSaysWhereTheTextStands() throws {
    try expectNoProblems(
      """
      validate("json-report.json", findings_report)
      expect(len(findings) > 15, "few findings")
      expect(sum(len(f["notes"]) for f in findings) > 3, "few notes")
      expect(sum(len(f["fixes"]) for f in findings) > 0, "no fixes")
      for place in places():
          text = by_offset(place)
          region = by_column(place["path"], "work", place["start"]["line"],
              place["start"]["column"], place["end"]["line"], place["end"]["column"])
          expect(text == region, f"{text!r} is not {region!r}")
      counts = {"error": 0, "warning": 0, "note": 0}
      for finding in findings: counts[finding["severity"]] += 1
      summary = findings_report["summary"]
      expect(summary == {"files": 4, "errors": counts["error"],
          "warnings": counts["warning"], "notes": counts["note"]}, f"{summary} {counts}")
      """)
  }

  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func sarifIsValidAndPointsAtTheSamePlaces() throws {
    try expectNoProblems(
      """
      log = json.loads(reports["sarif"])
      validate("sarif-schema-2.1.0.json", log)
      run = log["runs"][0]
      rules = run["tool"]["driver"]["rules"]
      expect(run["columnKind"] == "unicodeCodePoints", "columns")
      expect(len(run["results"]) == len(findings), "not all findings")
      expect(len({rule["id"] for rule in rules}) == len(rules), "a rule twice")
      for rule in rules:
          for key in ("shortDescription", "fullDescription", "help"):
              expect(rule[key]["text"], f"{rule['id']} has no {key}")
          expect(rule["help"]["markdown"].startswith("# " + rule["id"]), "markdown")
          page = rule["helpUri"].split("/main/")[1].split("#")
          lines = open(os.path.join(schemas, "../../../..", page[0])).read().splitlines()
          title = "## " + page[1] if len(page) == 2 else "# " + rule["id"]
          expect(title in lines, f"{rule['helpUri']} leads nowhere")

      def located(location):
          place = location["physicalLocation"]
          artifact, region = place["artifactLocation"], place["region"]
          expect(artifact["uriBaseId"] == "%SRCROOT%", "base")
          expect(re.fullmatch("[A-Za-z0-9%/._~-]+", artifact["uri"]), artifact["uri"])
          path = urllib.parse.unquote(artifact["uri"])
          return path, by_column(path, "", *(region[key] for key in
              ("startLine", "startColumn", "endLine", "endColumn")))

      for result, finding in zip(run["results"], findings):
          expect(rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["rule"], "rule")
          expect(result["level"] == finding["severity"], "level")
          expect(finding["message"] in result["message"]["text"], "message")
          expected = [finding["place"]] + [note["place"] for note in finding["notes"]]
          found = result["locations"] + result.get("relatedLocations", [])
          expect([located(one) for one in found] ==
              [(in_repository(place["path"]), by_offset(place)) for place in expected], f"{found}")
          for fix, other in zip(result.get("fixes", []), finding["fixes"], strict=True):
              change = fix["artifactChanges"][0]
              replaced = [(located({"physicalLocation": {
                  "artifactLocation": change["artifactLocation"],
                  "region": one["deletedRegion"]}})[1], one["insertedContent"]["text"])
                  for one in change["replacements"]]
              expect(replaced == [(by_offset(edit["place"]), edit["text"])
                  for edit in other["edits"]], f"{replaced}")
      prints = [json.dumps(one["partialFingerprints"]) for one in run["results"]]
      expect(len(set(prints)) == len(prints), "fingerprints")
      """)
  }

  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func gitLabGetsWhatItsManualAsksFor() throws {
    try expectNoProblems(
      """
      issues = json.loads(reports["gitlab"])
      validate("code-quality.json", issues)
      expect(len({one["fingerprint"] for one in issues}) == len(findings), "fingerprints")
      for issue, finding in zip(issues, findings, strict=True):
          expect(issue["location"] == {"path": in_repository(finding["place"]["path"]),
              "lines": {"begin": finding["place"]["start"]["line"],
                  "end": finding["place"]["end"]["line"]}}, f"{issue}")
          expect(issue["check_name"] == finding["rule"], "name")
      """)
  }

  /// Parses commands as GitHub's runner does: see ActionCommand.cs of actions/runner.
  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func gitHubsRunnerReadsTheCommands() throws {
    try expectNoProblems(
      """
      def unescape(text, marks):
          for mark in marks + ["%0A", "%0D", "%25"]:
              text = text.replace(mark, urllib.parse.unquote(mark))
          return text

      levels = {"error": "error", "warning": "warning", "note": "notice"}
      lines = reports["github"].split("\\n")
      expect(lines.pop() == "", "no line break at the end")
      for line, finding in zip(lines, findings, strict=True):
          expect(line.startswith("::"), line)
          head, message = line[2:].split("::", 1)
          command, properties = head.split(" ", 1)
          values = dict(one.split("=", 1) for one in properties.split(","))
          values = {key: unescape(value, ["%3A", "%2C"]) for key, value in values.items()}
          start, end = finding["place"]["start"], finding["place"]["end"]
          expected = {"file": in_repository(finding["place"]["path"]),
              "line": str(start["line"]), "endLine": str(end["line"]), "title": finding["rule"]}
          if start["line"] == end["line"]:
              expected.update(col=str(start["column"]), endColumn=str(end["column"]))
          expect(values == expected, f"{values} is not {expected}")
          expect(command == levels[finding["severity"]], command)
          expect(unescape(message, []).split("\\n")[0] == finding["message"], message)
      expect(any(f["place"]["start"]["line"] != f["place"]["end"]["line"] for f in findings),
          "nothing spans lines")
      """)
  }

  /// The elements and attributes are those of the schema that Jenkins publishes for JUnit.
  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func junitIsOfTheCommonShape() throws {
    try expectNoProblems(
      """
      shape = {
          "testsuites": ({"name", "tests", "failures", "errors", "time", "disabled"},
              {"testsuite"}, set()),
          "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time", "package",
              "id", "timestamp", "hostname", "disabled"}, {"testcase"}, {"name", "tests"}),
          "testcase": ({"name", "classname", "time", "status", "assertions"},
              {"failure", "error", "skipped", "system-out", "system-err"}, {"name", "classname"}),
          "failure": ({"type", "message"}, set(), set()),
          "system-out": (set(), set(), set()),
      }
      root = xml.etree.ElementTree.fromstring(reports["junit"].encode())
      expect(root.tag == "testsuites", root.tag)
      for element in root.iter():
          attributes, children, required = shape[element.tag]
          expect(required <= set(element.attrib) <= attributes, f"{element.attrib}")
          expect({child.tag for child in element} <= children, element.tag)
      for element in [root] + list(root):
          expect(int(element.get("tests")) == len(list(element.iter("testcase"))), "tests")
          expect(int(element.get("failures")) == len(list(element.iter("failure"))), "failures")
      expect([suite.get("name") for suite in root] == ["topology.yml",
          "Größe 50% 🐘/a,b: c.pgtopo.yml", "./broken #1.yml", "../beside.yml"], "suites")
      failing = [f for f in findings if f["severity"] != "note"]
      expect([one.get("message") for one in root.iter("failure")] ==
          [finding["message"] for finding in failing], "messages")
      clean = root[3]
      expect(len(clean) == 1 and len(clean[0]) == 0, "the file without findings")
      """)
  }

  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func checkstyleHasEveryFinding() throws {
    try expectNoProblems(
      """
      levels = {"error": "error", "warning": "warning", "note": "info"}
      root = xml.etree.ElementTree.fromstring(reports["checkstyle"].encode())
      expect((root.tag, root.attrib) == ("checkstyle", {"version": "4.3"}), root.tag)
      expect({child.tag for child in root} == {"file"}, "files")
      expect(len(root) == 4 and len(root[3]) == 0, "the file without findings")
      found = [(file.get("name"), one) for file in root for one in file]
      for (name, error), finding in zip(found, findings, strict=True):
          start = finding["place"]["start"]
          text = finding["message"] + ("\\n" + finding["hint"] if "hint" in finding else "")
          expect((error.tag, error.attrib) == ("error", {"line": str(start["line"]),
              "column": str(start["column"]), "severity": levels[finding["severity"]],
              "message": text, "source": "pgtopo." + finding["rule"]}), f"{error.attrib}")
          expect(name == finding["place"]["path"], name)
      """)
  }

  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func noReportHoldsAPassword() throws {
    for (format, report) in try Self.reported.get().reports {
      #expect(report.contains("literal-password"), "\(format)")
      for password in ["geheim", "postgresql_password", "repuser_password"] {
        #expect(!report.contains(password), "\(format)")
      }
    }
  }

  /// A document without findings is a document, too.
  @Test(.enabled(if: isRunnable, "jsonschema is not installed"))
  func reportsWithoutFindingsAreValid() throws {
    let folder = Repository.root.appending(path: "examples/cascading").path
    var reports: [String: String] = [:]
    for format in ["json", "sarif", "gitlab", "github", "junit", "checkstyle", "text", "concise"] {
      reports[format] = try ReportedFolder.lint(folder, ["--format", format])
    }
    let input = try JSONSerialization.data(withJSONObject: [
      "reports": reports, "root": folder,
      "schemas": Corpus.folder.appendingPathComponent("reports").path,
    ])
    let output = try PythonScript.run(
      """
      \(Self.prelude)
      validate("sarif-schema-2.1.0.json", json.loads(reports["sarif"]))
      validate("code-quality.json", json.loads(reports["gitlab"]))
      validate("json-report.json", findings_report)
      suites = xml.etree.ElementTree.fromstring(reports["junit"].encode())
      expect((suites.get("tests"), suites.get("failures")) == ("1", "0"), "junit")
      xml.etree.ElementTree.fromstring(reports["checkstyle"].encode())
      expect(json.loads(reports["sarif"])["runs"][0]["results"] == [], "sarif")
      expect(json.loads(reports["gitlab"]) == [], "gitlab")
      for name in ("github", "text", "concise"): expect(reports[name] == "", name)
      print(json.dumps(problems))
      """, input: input)
    #expect(String(decoding: output, as: UTF8.self) == "[]\n")
  }

  /// The text at a place by bytes, and by lines and columns, without using any code of ours.
  private static let prelude = """
    import json, os, re, sys, urllib.parse, xml.etree.ElementTree
    from jsonschema import Draft7Validator

    task = json.load(sys.stdin)
    reports, root, schemas = task["reports"], task["root"], task["schemas"]
    findings_report = json.loads(reports["json"])
    findings = findings_report["findings"]
    problems = []

    def expect(holds, text):
        if not holds: problems.append(text)

    def validate(name, document):
        schema = json.load(open(os.path.join(schemas, name)))
        Draft7Validator.check_schema(schema)
        for error in Draft7Validator(schema).iter_errors(document):
            problems.append(f"{list(error.absolute_path)}: {error.message[:200]}")

    def contents(path, folder="work"):
        return open(os.path.join(root, folder, path), "rb").read()

    def by_offset(place):
        return contents(place["path"])[place["start"]["offset"]:place["end"]["offset"]].decode()

    def by_column(path, folder, line, column, end_line, end_column):
        text = contents(path, folder).decode("utf-8-sig")
        starts = [0] + [match.end() for match in re.finditer("\\r\\n|\\n|\\r", text)]
        return text[starts[line - 1] + column - 1:starts[end_line - 1] + end_column - 1]

    def in_repository(path):
        return os.path.normpath(os.path.join("work", path))

    def places():
        for finding in findings:
            yield finding["place"]
            for note in finding["notes"]: yield note["place"]
            for fix in finding["fixes"]:
                for edit in fix["edits"]: yield edit["place"]
    """
}
