import Screen
import Testing
import Traces

@testable import Explorer

/// Answering what a lesson asks.
@Suite struct AnswerTests {
  private func asked() -> Driver {
    var script = RecordScript()
    script.make("poem")
    script.note("say", "Who runs?\n(1) parse\n(2) shout\n(3) nobody", who: "lesson")
    script.make("other")
    script.note("say", "That was all.", who: "lesson")
    let source = ScriptedSource(script.records)
    source.questions = [
      "Who runs?\n(1) parse\n(2) shout\n(3) nobody": LessonQuestion(
        choices: 3, answer: 2, because: "shout is next.")
    ]
    return Driver(source)
  }

  @Test func `a and the number of the right choice says that it is right, and why`() {
    let driver = asked()
    driver.type("02s")
    driver.type("a2\n")
    #expect(driver.message == "Right. shout is next.")
  }

  @Test func `another choice is not told why, and the question can be answered again, also a step later`() {
    let driver = asked()
    driver.type("03sa3\n")
    #expect(driver.message == "Not 3. a asks again; or step on and see.")
    driver.type("a2\n")
    #expect(driver.message.hasPrefix("Right."))
  }

  @Test(arguments: ["0", "4", "two", "-2", ""]) func `what is no choice is answered with the choices`(
    text: String
  ) {
    let driver = asked()
    driver.type("02sa\(text)\n")
    #expect(driver.message == "The choices are 1 to 3: a asks for one again.")
  }

  @Test func `a question is read once and whole, where it is asked and after the answer`() {
    let driver = asked()
    driver.type("02s")
    let picture = view(driver.model).picture
    #expect(picture.ranges(of: "(3) nobody").count == 1)
    #expect(picture.contains("The lesson asks, and a answers."))
    driver.type("a2\n")
    #expect(view(driver.model).picture.contains("(3) nobody"))
  }

  @Test func `where the lesson has no room of its own, the line of the step says what it says`() {
    let driver = asked()
    driver.send(.key(.resize(Size(width: 60, height: 12))))
    driver.type("02s")
    #expect(view(driver.model).picture.contains("Who runs?"))
  }

  @Test func `where nothing is asked, a says so, and the hint for it is there only where something is`() {
    let driver = asked()
    driver.type("a")
    #expect(driver.message == "The lesson asks nothing here." && driver.model.prompt == nil)
    driver.type("02s")
    #expect(view(driver.model).picture.contains("a answer"))
    driver.type("02s")
    #expect(!view(driver.model).picture.contains("a answer"))
    driver.type("a")
    #expect(driver.message == "The lesson asks nothing here.")
  }
}
