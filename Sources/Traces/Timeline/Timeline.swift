/// Any step of a trace: forward, back, and straight to wherever one wants.
///
/// Step n is what is true after the first n records. The cursor stands at one step, `world` is what is true
/// there. When it passes the last record that is known, the source is asked for more. Records are folded once at
/// the *frontier*, which leaves snapshots behind, so that every step before it is near; what is true at the
/// frontier is also what is known of the future (`stories`).
///
/// - Complexity: a step forward or back folds a few dozen records at most; a seek before the frontier folds at
///   most as many as lie between two snapshots (a few thousand). Memory for snapshots is bounded.
public final class Timeline {
  /// Where the records come from.
  public let source: any RecordSource
  /// What is true at the cursor.
  public private(set) var world: World
  /// What is true after every record taken in so far.
  public private(set) var frontier: World
  /// Where in the trace things happen that people look for.
  package private(set) var index = StepIndex()
  private var snapshots: Snapshots

  /// Creates a timeline that has taken in nothing yet.
  ///
  /// - Parameter source: where the records come from, now and later.
  public init(_ source: any RecordSource) {
    self.source = source
    let start = World(reading: source)
    (world, frontier, snapshots) = (start, start, Snapshots(from: start))
  }

  /// Where the cursor stands: 0 before the first record.
  public var step: Int { world.step }
  /// How many records are known so far.
  public var count: Int { source.count }
  /// Whether `count` will not grow any more.
  public var isComplete: Bool { source.isAtEnd }
  /// The record that led to this step; nil at step 0.
  public var current: Record? { record(at: step) }

  /// The record that leads to `step`, from 1; nil where none is known.
  public func record(at step: Int) -> Record? {
    step >= 1 && step <= source.count ? source.record(at: step) : nil
  }

  /// What became, or will become, of everything, as far as the records taken in tell.
  public var stories: Stories {
    Stories(world: frontier, isComplete: source.isAtEnd && frontier.step == count)
  }

  // MARK: Moving

  /// Goes one step on; false at the end of the trace.
  @discardableResult
  public func forward() -> Bool {
    guard reach(step + 1) else { return false }
    fold(&world, to: step + 1)
    return true
  }

  /// Goes one step back; false at step 0.
  @discardableResult
  public func back() -> Bool {
    guard step > 0 else { return false }
    seek(to: step - 1)
    return true
  }

  /// Goes to `target`, or to the nearest end of the trace.
  ///
  /// A target beyond the frontier first takes in all records up to it, which may be long: `extend(budget:)`
  /// does that in slices.
  public func seek(to target: Int) {
    let target = max(target, 0)
    let end = reach(target) ? target : frontier.step
    if end == frontier.step {
      world = frontier
      return
    }
    let near = snapshots.nearest(to: end)
    if world.step > end || near.step > world.step { world = near }
    fold(&world, to: end)
  }

  /// What is true at a step that is known, wherever the cursor stands.
  ///
  /// - Parameters:
  ///   - step: how many records come before it; 0 is the beginning.
  ///   - limit: how many records may be folded for it.
  /// - Returns: nil where the step is not known, or no snapshot is near enough.
  public func world(at step: Int, folding limit: Int) -> World? {
    guard step >= 0, step <= frontier.step else { return nil }
    var near = snapshots.nearest(to: step)
    if world.step <= step, world.step > near.step { near = world }
    guard step - near.step <= limit else { return nil }
    near.advance(to: step)
    return near
  }

  private func fold(_ world: inout World, to target: Int) {
    // Only those near the target are worth keeping: they are where the cursor will go back to.
    let memorable = target - Snapshots.recentInterval * Snapshots.recentLimit / 2
    if world.step < memorable { world.advance(to: memorable) }
    while world.step < target {
      let next = (world.step / Snapshots.recentInterval + 1) * Snapshots.recentInterval
      world.advance(to: min(next, target))
      if world.step == next { snapshots.remember(world) }
    }
  }

  // MARK: Taking in

  /// A source that brings nothing this many times in a row is not asked again for now: what runs may do much that
  /// leaves no record, while what was written is there or is not.
  private var emptyExtensionLimit: Int { source.recording == nil ? 1000 : 1 }

  /// Takes in up to `budget` more records, asking the source for them where need be.
  ///
  /// - Returns: Whether more may come.
  @discardableResult
  public func extend(budget: Int) -> Bool {
    var left = budget
    var empty = 0
    while left > 0 {
      let taken = absorb(atMost: left)
      left -= taken
      if taken > 0 {
        empty = 0
      } else if source.isAtEnd {
        return false
      } else {
        let known = count
        source.extend()
        empty += count > known ? 0 : 1
        if empty >= emptyExtensionLimit { break }
      }
    }
    return !source.isAtEnd || frontier.step < count
  }

  /// Whether there is a step `target`: takes in what leads to it.
  private func reach(_ target: Int) -> Bool {
    while frontier.step < target {
      let before = frontier.step
      extend(budget: target - before)
      if frontier.step == before { return false }
    }
    return true
  }

  private func absorb(atMost limit: Int) -> Int {
    // Taken out while they change, so that each change needs no look at who else is at them.
    var (world, index) = (World(reading: source), StepIndex())
    swap(&world, &frontier)
    swap(&index, &self.index)
    let start = world.step
    let end = min(start + limit, source.count)
    while world.step < end {
      let next = min((world.step / snapshots.interval + 1) * snapshots.interval, end)
      source.forEachEntry(after: world.step, through: next) { entry in
        world.apply(entry)
        index.note(entry, at: world.step)
      }
      if world.step % snapshots.interval == 0 { snapshots.mark(world) }
    }
    swap(&world, &frontier)
    swap(&index, &self.index)
    return frontier.step - start
  }
}

@available(*, unavailable) extension Timeline: Sendable {}
