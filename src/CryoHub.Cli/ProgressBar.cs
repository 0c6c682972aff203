namespace CryoHub.Cli;

/// <summary>A bar on standard error while it is a terminal; nothing in a pipe.</summary>
public sealed class ProgressBar(string label) : IProgress<double>, IDisposable
{
    private const int Width = 30;

    private readonly Lock turn = new();
    private readonly bool isShown = !Console.IsErrorRedirected;
    private int shown = -1;

    public void Report(double value)
    {
        var percent = (int)(100 * value);
        lock (turn)
        {
            if (!isShown || percent <= shown)
            {
                return;   // of two that report at once the later may be behind
            }

            shown = percent;
            var done = Width * percent / 100;
            Console.Error.Write($"\r{label} [{new string('#', done)}{new string('.', Width - done)}] {percent,3} %");
        }
    }

    public void Dispose()
    {
        if (shown >= 0)
        {
            Console.Error.Write($"\r{new string(' ', label.Length + Width + 9)}\r");
        }
    }
}
