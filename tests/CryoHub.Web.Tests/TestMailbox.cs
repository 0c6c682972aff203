using System.Threading.Channels;
using CryoHub.Platform.Mail;

namespace CryoHub.Web.Tests;

/// <summary>Keeps letters for the test instead of sending them to people.</summary>
internal sealed class TestMailbox : IMailbox
{
    private readonly Channel<Letter> letters = Channel.CreateUnbounded<Letter>();

    public async Task SendAsync(Letter letter, CancellationToken ct) => await letters.Writer.WriteAsync(letter, ct);

    /// <summary>The next letter, as soon as it is there.</summary>
    public async Task<Letter> NextAsync() => await letters.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The value of a query parameter of the link in the next letter.</summary>
    public async Task<string> NextLinkAsync(string parameter)
    {
        var text = (await NextAsync()).Text;
        var link = new Uri(text[text.IndexOf("http", StringComparison.Ordinal)..].Trim());
        return System.Web.HttpUtility.ParseQueryString(link.Query)[parameter]!;
    }
}
