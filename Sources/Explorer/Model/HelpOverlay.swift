/// The help while it is open: where it stands, and what is searched for in it.
package struct HelpOverlay: Equatable, Sendable {
  package var scroll = 0
  package var searchText = ""
  package init() {}
}
