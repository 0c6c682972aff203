namespace CryoHub.Cli;

/// <summary>What the process says when it ends.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int WrongUsage = 2;
    public const int UnusableInput = 3;
    public const int Refused = 4;
    public const int Cancelled = 130;
}
