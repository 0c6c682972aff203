using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CryoHub.Platform.Labs;

namespace CryoHub.Web.Tests.Records;

public sealed class EditTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_people_who_edit_at_once_the_second_sees_both_versions()
    {
        var (dataset, ada, bob) = await SharedDatasetAsync();
        var seen = (await ada.GetAsync($"/api/datasets/{dataset}", Ct)).Headers.ETag!.Tag;

        Assert.Equal(HttpStatusCode.OK, (await EditAsync(ada, dataset, "Ada's name", seen)).StatusCode);
        var second = await EditAsync(bob, dataset, "Bob's name", seen);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var problem = await second.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("Ada's name", problem.GetProperty("current").GetProperty("name").GetString());
        Assert.Equal("Bob's name", problem.GetProperty("yours").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await EditAsync(bob, dataset, "Bob's name", second.Headers.ETag!.Tag)).StatusCode);
    }

    [Fact]
    public async Task An_edit_without_a_version_is_refused_in_words()
    {
        var (dataset, ada, _) = await SharedDatasetAsync();
        var answer = await EditAsync(ada, dataset, "New", null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("If-Match", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_answers_with_the_version_for_the_next_one()
    {
        var (dataset, ada, _) = await SharedDatasetAsync();
        var tag = (await ada.GetAsync($"/api/datasets/{dataset}", Ct)).Headers.ETag!.Tag;
        for (var round = 0; round < 3; round++)
        {
            var answer = await EditAsync(ada, dataset, $"Round {round}", tag);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            tag = answer.Headers.ETag!.Tag;
        }
    }

    [Fact]
    public async Task A_script_in_a_name_stays_text()
    {
        const string Name = "<script>alert(1)</script>";
        var (dataset, ada, _) = await SharedDatasetAsync();
        var tag = (await ada.GetAsync($"/api/datasets/{dataset}", Ct)).Headers.ETag!.Tag;
        var answer = await EditAsync(ada, dataset, Name, tag);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Name, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("name").GetString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private async Task<(Guid Dataset, HttpClient Ada, HttpClient Bob)> SharedDatasetAsync()
    {
        var (ada, bob) = (await app.PersonAsync("ada"), await app.PersonAsync("bob"));
        var lab = await app.Scene.LabAsync((ada, LabRole.Owner), (bob, LabRole.Member));
        var dataset = await app.Scene.DatasetAsync(await app.Scene.ProjectAsync(lab));
        return (dataset, await app.ClientForAsync("ada"), await app.ClientForAsync("bob"));
    }

    private static Task<HttpResponseMessage> EditAsync(HttpClient client, Guid dataset, string name, string? version)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/datasets/{dataset}") { Content = JsonContent.Create(new { Name = name }) };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return client.SendAsync(request, Ct);
    }
}
