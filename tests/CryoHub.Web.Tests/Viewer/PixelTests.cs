using System.Net;
using System.Net.Http.Headers;
using CryoHub.Platform.Storage;
using CryoHub.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Viewer;

public sealed class PixelTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ranges_suffix_ranges_and_ETags_work_as_zarrita_asks()
    {
        var world = await World.MakeAsync(app);
        var shard = new byte[600_000];
        new Random(5).NextBytes(shard);
        await app.Services.GetRequiredService<IObjectStore>().PutAsync($"datasets/{world.Dataset}/ingest/x/0.zarr/0/c/0/0", new MemoryStream(shard), Ct);
        using var viewer = await app.ClientForAsync("viewer");
        var url = $"/api/datasets/{world.Dataset}/signals/0.zarr/0/c/0/0";

        using var middle = await AskAsync(viewer, url, "bytes=1000-299999");
        Assert.Equal(HttpStatusCode.PartialContent, middle.StatusCode);
        Assert.Equal(shard[1000..300_000], await middle.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(600_000, middle.Content.Headers.ContentRange!.Length);
        using var index = await AskAsync(viewer, url, "bytes=-20");
        Assert.Equal(shard[^20..], await index.Content.ReadAsByteArrayAsync(Ct));
        using var whole = await viewer.GetAsync(url, Ct);
        Assert.Equal(shard, await whole.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("private, max-age=60", string.Join(", ", whole.Headers.GetValues("Cache-Control").SelectMany(v => v.Split(", ")).OrderDescending()));
        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(whole.Headers.ETag!);
        using var unchanged = await viewer.SendAsync(again, Ct);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task An_absent_chunk_is_an_error_and_an_absent_document_is_not_found()
    {
        var world = await World.MakeAsync(app);
        using var viewer = await app.ClientForAsync("viewer");
        using var chunk = await viewer.GetAsync($"/api/datasets/{world.Dataset}/signals/0.zarr/0/c/9/9", Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, chunk.StatusCode);
        using var document = await viewer.GetAsync($"/api/datasets/{world.Dataset}/signals/0.zarr/.zattrs", Ct);
        Assert.Equal(HttpStatusCode.NotFound, document.StatusCode);
    }

    [Fact]
    public async Task Pixels_are_gone_at_once_for_a_person_who_leaves_the_lab()
    {
        var world = await World.MakeAsync(app);
        using var viewer = await app.ClientForAsync("viewer");
        var url = $"/api/datasets/{world.Dataset}/signals/0.zarr/zarr.json";
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync(url, Ct)).StatusCode);
        using var owner = await app.ClientForAsync("owner");
        (await owner.DeleteAsync($"/api/labs/{world.Lab}/members/{await app.PersonAsync("viewer")}", Ct)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync(url, Ct)).StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string url, string range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = RangeHeaderValue.Parse(range);
        return await client.SendAsync(request, Ct);
    }
}
