namespace CryoHub.Local.Demo;

/// <summary>An analysis of one demo file: its key, its parameters as JSON, and which signal of the file it reads.</summary>
public sealed record DemoRun(string Analysis, string Parameters = "{}", string Kind = "");
