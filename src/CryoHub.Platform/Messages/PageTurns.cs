namespace CryoHub.Platform.Messages;

/// <summary>One preview at a time for each page: the one asked last goes on, in whichever order the requests arrive.</summary>
public sealed class PageTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Turn> running = [];

    /// <summary>Ends an older request of the same page, or this one where a newer is under way; disposed when the request has been answered.</summary>
    /// <param name="mine">Cancelled when the request is no longer wanted; it must outlive the turn.</param>
    public IDisposable Take(PreviewRequest request, CancellationTokenSource mine)
    {
        if (request.PageId.Length == 0)
        {
            return new Turn(this, "", 0, mine);
        }

        var turn = new Turn(this, $"{request.UserId} {request.PageId}", request.Turn, mine);
        Turn? loser;
        lock (gate)
        {
            running.TryGetValue(turn.Page, out loser);
            if (loser?.Number > turn.Number)
            {
                loser = turn;
            }
            else
            {
                running[turn.Page] = turn;
            }
        }

        loser?.End();
        return turn;
    }

    private sealed class Turn(PageTurns turns, string page, long number, CancellationTokenSource mine) : IDisposable
    {
        public string Page => page;

        public long Number => number;

        public void End()
        {
            try
            {
                mine.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It was answered at this moment.
            }
        }

        public void Dispose()
        {
            lock (turns.gate)
            {
                if (turns.running.TryGetValue(page, out var current) && current == this)
                {
                    turns.running.Remove(page);
                }
            }
        }
    }
}
