using System.Text.Json.Nodes;

namespace CryoHub.Formats.Tests.Expected;

public sealed record ExpectedSample(long[] Index, JsonNode Value);
