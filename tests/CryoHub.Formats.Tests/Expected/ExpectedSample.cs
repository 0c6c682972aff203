using System.Text.Json.Nodes;

namespace CryoHub.Formats.Tests.Expected;

/// <param name="Index">Where the pixel is.</param>
/// <param name="Value">Its value, or that of one of its colours.</param>
/// <param name="Colour">Which colour, where only one is known.</param>
/// <param name="Coordinate">Where on its axis the pixel is, in the axis' unit, where that is known.</param>
public sealed record ExpectedSample(long[] Index, JsonNode Value, int? Colour = null, double? Coordinate = null);
