namespace CryoHub.Cli.Server;

/// <summary>The server said no, in its own words.</summary>
public sealed class ServerRefusedException(string message) : Exception(message);
