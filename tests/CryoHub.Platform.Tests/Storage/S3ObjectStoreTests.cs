using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.S3;
using CryoHub.TestKit;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Tests.Storage;

/// <summary>The same promises on Ceph's RADOS gateway, each test in a bucket of its own.</summary>
public sealed class S3ObjectStoreTests : ObjectStoreContract, IAsyncLifetime
{
    private static readonly HttpClient Browser = new();

    private readonly S3ObjectStore store = new(Options.Create(TestS3.Options("contract-" + Guid.CreateVersion7().ToString("N"))), TimeProvider.System);

    protected override IObjectStore Store => store;

    public async ValueTask InitializeAsync()
    {
        await TestService.StartAsync(TestService.S3);
        await store.PrepareAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_send_parts_and_read_their_ETags()
    {
        var upload = await store.BeginAsync("cors", CancellationToken.None);
        var part = store.SignPart(upload, 1, 3, new byte[32]);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, part.Url);
        preflight.Headers.Add("Origin", "https://cryohub.example");
        preflight.Headers.Add("Access-Control-Request-Method", "PUT");
        preflight.Headers.Add("Access-Control-Request-Headers", "x-amz-content-sha256");
        using var answer = await Browser.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Contains("ETag", string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.OrdinalIgnoreCase);
    }

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<string?> SendAsync(SignedPart part, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, part.Url) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in part.Headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await Browser.SendAsync(request, TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? response.Headers.ETag!.Tag.Trim('"') : null;
    }
}
