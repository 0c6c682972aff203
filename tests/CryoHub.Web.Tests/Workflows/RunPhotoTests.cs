using System.Net;
using System.Net.Http.Json;
using CryoHub.Platform.Workflows;
using CryoHub.Web.Tests.Access;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Web.Tests.Workflows;

public sealed class RunPhotoTests(TestApp app) : IClassFixture<TestApp>
{
    /// <summary>What begins like a JPEG; that it is none is found at ingest, with the reason in words.</summary>
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[2000]];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_sent_twice_is_one_data_set_of_the_sample_and_the_step_names_it()
    {
        var world = await World.MakeAsync(app);
        using var editor = await app.ClientForAsync("editor");
        var id = Guid.CreateVersion7();
        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(editor, world.Run, id, Photo)));
        Assert.All(tries, status => Assert.Equal(HttpStatusCode.Created, status));

        using var step = await editor.PostAsJsonAsync($"/api/runs/{world.Run}/steps/1", new { Kind = "note", StartedAt = "2026-03-05T08:00:00Z", Datasets = new[] { id } }, Ct);
        Assert.Equal(HttpStatusCode.Created, step.StatusCode);
        var kept = await app.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == id).Select(d => new { d.SampleId, d.Name, d.SizeBytes, Files = d.Files.Count, Jobs = db.JobInputs.Count(i => i.DatasetId == id), Steps = db.StepDatasets.Count(l => l.DatasetId == id) }).SingleAsync(Ct));
        Assert.Equal((world.Sample, "IMG 1.jpg", (long)Photo.Length, 1, 1, 1), (kept.SampleId, kept.Name, kept.SizeBytes, kept.Files, kept.Jobs, kept.Steps));
    }

    [Fact]
    public async Task What_is_no_photo_or_too_large_or_another_ones_id_is_refused_in_words()
    {
        var world = await World.MakeAsync(app);
        using var editor = await app.ClientForAsync("editor");
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(editor, world.Run, Guid.CreateVersion7(), "GIF89a"u8.ToArray()));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(editor, world.Run, Guid.CreateVersion7(), [.. Photo, .. new byte[RunPhotos.LargestBytes]]));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(editor, world.Run, world.Dataset, Photo));
        Assert.Equal(0, await app.Scene.ReadAsync(db => db.Datasets.CountAsync(d => d.ProjectId == world.Project && d.Name == "IMG 1.jpg", Ct)));
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, Guid run, Guid photo, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        using var answer = await client.PostAsync($"/api/runs/{run}/photos/{photo}?name=IMG%201.jpg", content, Ct);
        return answer.StatusCode;
    }
}
