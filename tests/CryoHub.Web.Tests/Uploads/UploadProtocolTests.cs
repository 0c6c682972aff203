using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CryoHub.Web.Tests.Access;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Web.Tests.Uploads;

/// <summary>The upload protocol word by word, as browsers and <c>cryohub upload</c> speak it.</summary>
public sealed class UploadProtocolTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_up_in_parts_and_comes_back_as_an_attachment_under_its_own_name()
    {
        var world = await World.MakeAsync(app);
        using var editor = await app.ClientForAsync("editor");
        var file = new byte[(8 << 20) + 3];
        new Random(3).NextBytes(file);
        var upload = await PostAsync(editor, "/api/uploads", new { ProjectId = world.Project, DropId = Guid.CreateVersion7(), Path = "Tag 1/M\u00fcller.mrc", Size = file.Length, Siblings = Array.Empty<string>() });
        Assert.Equal((8 << 20, 2), ((int)upload["partSize"]!, (int)upload["partCount"]!));
        var tags = new JsonArray();
        foreach (var (number, part) in new[] { (2, file[(8 << 20)..]), (1, file[..(8 << 20)]) })
        {
            tags.Add(new JsonObject { ["number"] = number, ["etag"] = await SendAsync(editor, upload, number, part) });
        }

        var state = await editor.GetFromJsonAsync<JsonObject>($"/api/uploads/{upload["id"]}", Ct);
        Assert.Equal("open", (string?)state!["status"]);
        Assert.Equal(2, state["parts"]!.AsArray().Count);
        var done = await PostAsync(editor, $"/api/uploads/{upload["id"]}/complete", new { Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)), Parts = tags });
        Assert.NotNull((string?)done["jobId"]);

        var dataset = await editor.GetFromJsonAsync<JsonObject>($"/api/datasets/{done["datasetId"]}", Ct);
        using var original = await editor.GetAsync($"/api/datasets/{done["datasetId"]}/files/{dataset!["files"]![0]!["id"]}", Ct);
        Assert.Equal(file, await original.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("attachment", original.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("M\u00fcller.mrc", original.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", original.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task U05_a_part_with_a_flipped_bit_is_refused_and_not_kept()
    {
        var world = await World.MakeAsync(app);
        using var editor = await app.ClientForAsync("editor");
        byte[] file = [1, 2, 3, 4, 5];
        var upload = await PostAsync(editor, "/api/uploads", new { ProjectId = world.Project, DropId = Guid.CreateVersion7(), Path = "a.mrc", Size = file.Length });
        var signed = await SignAsync(editor, upload, 1, file);
        using var refused = await editor.PutAsync((string)signed["url"]!, new ByteArrayContent([1, 2, 3, 4, 6]), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var cut = await editor.PutAsync((string)signed["url"]!, new ByteArrayContent([1, 2, 3, 4]), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, cut.StatusCode);
        var state = await editor.GetFromJsonAsync<JsonObject>($"/api/uploads/{upload["id"]}", Ct);
        Assert.Empty(state!["parts"]!.AsArray());
        Assert.NotEmpty(await SendAsync(editor, upload, 1, file));
    }

    [Fact]
    public async Task A_part_address_of_a_person_who_lost_the_right_takes_nothing()
    {
        var world = await World.MakeAsync(app);
        using var editor = await app.ClientForAsync("editor");
        var upload = await PostAsync(editor, "/api/uploads", new { ProjectId = world.Project, DropId = Guid.CreateVersion7(), Path = "a.mrc", Size = 1 });
        var signed = await SignAsync(editor, upload, 1, [7]);
        using var owner = await app.ClientForAsync("owner");
        using var left = await owner.DeleteAsync($"/api/labs/{world.Lab}/members/{await app.PersonAsync("editor")}", Ct);
        left.EnsureSuccessStatusCode();
        using var refused = await editor.PutAsync((string)signed["url"]!, new ByteArrayContent([7]), Ct);
        Assert.False(refused.IsSuccessStatusCode);
    }

    [Fact]
    public async Task U08_a_token_that_expires_during_an_upload_stops_it_clearly_and_another_goes_on_without_sending_again()
    {
        var world = await World.MakeAsync(app);
        var file = new byte[(8 << 20) + 5];
        new Random(8).NextBytes(file);
        var (first, id) = await ScriptAsync();
        var upload = await PostAsync(first, "/api/uploads", new { ProjectId = world.Project, DropId = Guid.CreateVersion7(), Path = "long.mrc", Size = file.Length });
        await SendAsync(first, upload, 1, file[..(8 << 20)]);
        var now = TimeProvider.System.GetUtcNow();
        await app.Scene.ReadAsync(db => db.AccessTokens.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, now), Ct));
        using var refused = await first.PostAsJsonAsync($"/api/uploads/{upload["id"]}/parts/2", new { Size = 5, Sha256 = new string('0', 64) }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        var (second, _) = await ScriptAsync();
        var state = await second.GetFromJsonAsync<JsonObject>($"/api/uploads/{upload["id"]}", Ct);
        var kept = Assert.Single(state!["parts"]!.AsArray())!;
        Assert.Equal(1, (int)kept["number"]!);
        var tags = new JsonArray(new JsonObject { ["number"] = 1, ["etag"] = (string)kept["eTag"]! }, new JsonObject { ["number"] = 2, ["etag"] = await SendAsync(second, upload, 2, file[(8 << 20)..]) });
        Assert.NotNull((string?)(await PostAsync(second, $"/api/uploads/{upload["id"]}/complete", new { Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)), Parts = tags }))["datasetId"]);
        first.Dispose();
        second.Dispose();
    }

    /// <summary>A script of the editor, with a token of its own.</summary>
    private async Task<(HttpClient Script, Guid Token)> ScriptAsync()
    {
        using var editor = await app.ClientForAsync("editor");
        var token = await PostAsync(editor, "/api/me/tokens", new { Name = "script", Scopes = new[] { "read", "upload" }, Days = 1 });
        var script = app.CreateClient();
        script.DefaultRequestHeaders.Authorization = new("Bearer", (string)token["token"]!);
        return (script, (Guid)token["id"]!);
    }

    private static async Task<string> SendAsync(HttpClient client, JsonObject upload, int number, byte[] part)
    {
        var signed = await SignAsync(client, upload, number, part);
        using var taken = await client.PutAsync((string)signed["url"]!, new ByteArrayContent(part), Ct);
        taken.EnsureSuccessStatusCode();
        return taken.Headers.ETag!.Tag.Trim('"');
    }

    private static Task<JsonObject> SignAsync(HttpClient client, JsonObject upload, int number, byte[] part) =>
        PostAsync(client, $"/api/uploads/{upload["id"]}/parts/{number}", new { Size = part.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(part)) });

    private static async Task<JsonObject> PostAsync(HttpClient client, string url, object body)
    {
        using var answer = await client.PostAsJsonAsync(url, body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }
}
