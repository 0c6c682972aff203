using System.Text.Json.Serialization;

namespace CryoHub.Formats.Tests.Expected;

public sealed record ExpectedAxis(string? Name, long Size, double? Scale, double? Offset, string? Units, [property: JsonPropertyName("values_first_last")] double[]? Ends = null);
