namespace CryoHub.EndToEnd.Processes;

/// <summary>Looks again and again, for as long as a person would.</summary>
internal static class Until
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(string what, Func<Task<bool>> look, TimeSpan? longest = null) =>
        FoundAsync(what, async () => await look() ? "" : null, longest);

    /// <exception cref="TimeoutException">Nothing was found; the message says what was waited for.</exception>
    public static async Task<T> FoundAsync<T>(string what, Func<Task<T?>> look, TimeSpan? longest = null)
        where T : class
    {
        using var deadline = new CancellationTokenSource(longest ?? TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain for: {what}");
            }

            await Task.Delay(Between, CancellationToken.None);
        }
    }
}
