namespace CryoHub.Cli;

/// <summary>A bar on a terminal, nothing in a pipe; on standard error, so that output stays clean.</summary>
public sealed class ProgressBar(string label) : IProgress<double>
{
    private const int Width = 40;

    public void Report(double fraction)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }

        var filled = (int)Math.Round(Width * Math.Clamp(fraction, 0, 1));
        lock (this)
        {
            Console.Error.Write($"\r{label} [{new string('#', filled)}{new string('.', Width - filled)}] {fraction * 100:0} %{(fraction >= 1 ? "\n" : "")}");
        }
    }
}
