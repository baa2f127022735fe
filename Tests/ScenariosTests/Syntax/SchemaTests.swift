import Foundation
import Scenarios
import Testing

@Suite struct `The JSON Schema` {
  @Test func `is JSON, and the same each time`() throws {
    let text = scenarioSchema()
    #expect(text == scenarioSchema())
    let schema = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema?["$ref"] as? String == "#/$defs/scenario")
  }

  @Test func `defines everything that it refers to`() throws {
    let text = scenarioSchema()
    let schema = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let definitions = try #require(schema?["$defs"] as? [String: Any])
    for part in text.components(separatedBy: "#/$defs/").dropFirst() {
      let name = String(part.prefix { $0 != "\"" })
      #expect(definitions[name] != nil, "\(name)")
    }
  }

  @Test func `has a sentence for every key`() throws {
    let schema = try JSONSerialization.jsonObject(with: Data(scenarioSchema().utf8)) as? [String: Any]
    let definitions = try #require(schema?["$defs"] as? [String: Any])
    for case let definition as [String: Any] in definitions.values {
      for table in [definition] + (definition["anyOf"] as? [[String: Any]] ?? []) {
        for case (let key, let row as [String: Any]) in table["properties"] as? [String: Any] ?? [:] {
          #expect((row["description"] as? String)?.hasSuffix(".") == true, "\(key)")
        }
      }
    }
  }
}
