namespace CryoHub.Platform.Workflows;

public sealed record RunRow(Guid Id, string Title, string SampleName, int Steps, int Done, DateTimeOffset CreatedAt);
