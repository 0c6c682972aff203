namespace CryoHub.Formats.Tests.Expected;

public sealed record ExpectedAxis(string? Name, long Size, double? Scale, double? Offset, string? Units);
