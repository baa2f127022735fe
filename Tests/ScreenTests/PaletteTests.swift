import Screen
import Testing

/// What a role looks like, with many colours and with none.
struct PaletteTests {
  @Test(arguments: ColorDepth.allCases)
  func `no palette uses a colour that the terminal has not`(depth: ColorDepth) {
    let palette = Palette(depth)
    for role in Role.allCases {
      for color in [palette[role].foreground, palette[role].background].compactMap({ $0 }) {
        #expect(Int(color) < depth.rawValue, "\(role)")
      }
    }
  }

  @Test(arguments: ColorDepth.allCases)
  func `what matters most is set off in every palette`(depth: ColorDepth) {
    let palette = Palette(depth)
    for role in [Role.failure, .trapped, .waiting, .current, .selected, .unhandled, .unreached] {
      #expect(palette[role] != palette[Role.plain], "\(role)")
    }
    #expect(palette[Role.unhandled] != palette[Role.failure])
    #expect(palette[Role.current] != palette[Role.selected])
  }

  @Test func `with colours, the roles of a chain all differ`() {
    let roles: [Role] = [
      .callbackLine, .errbackLine, .failure, .trapped, .waiting, .unreached, .unhandled, .current,
    ]
    for depth in [ColorDepth.full, .sixteen, .eight] {
      #expect(Set(roles.map { Palette(depth)[$0] }).count == roles.count, "\(depth)")
    }
  }

  @Test func `no text is dark blue on the terminal's own background`() {
    for depth in ColorDepth.allCases {
      for role in Role.allCases where Palette(depth)[role].background == nil {
        let color = Palette(depth)[role].foreground
        #expect(color != 4 && color != 25, "\(role)")
      }
    }
  }

  @Test func `emphasis is added to a role`() {
    let palette = Palette(.full)
    #expect(palette[Style(.value).underline].isUnderlined)
    #expect(palette[Style(.value).bold].isBold)
    #expect(palette[Style(.current).reverse].isReversed == false)
  }

  @Test(
    arguments: [
      (nil, nil, 256, ColorDepth.full), (nil, nil, 88, .sixteen), (nil, nil, 8, .eight),
      (nil, nil, 2, .none), (nil, nil, -1, .none), (nil, "1", 256, .none), (nil, "", 256, .full),
      (ColorChoice.always, "1", 256, .full), (.always, nil, 0, .none), (.never, nil, 256, .none),
      (.auto, "1", 256, .none), (nil, nil, 16, .sixteen),
    ] as [(ColorChoice?, String?, Int, ColorDepth)])
  func `the flag decides about colour, then NO_COLOR, then the terminal`(
    flag: ColorChoice?, noColor: String?, terminalColors: Int, depth: ColorDepth
  ) {
    let decided = ColorDepth.decide(flag: flag, noColor: noColor, terminalColors: terminalColors)
    #expect(decided == depth)
  }

  @Test func `every role has a letter of its own`() {
    #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
  }
}
