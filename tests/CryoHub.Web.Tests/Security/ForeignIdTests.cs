using System.Diagnostics;
using System.Text.Json.Nodes;
using CryoHub.Web.Tests.Access;

namespace CryoHub.Web.Tests.Security;

/// <summary>
/// A02: a foreign id and one that nobody has are told apart by nothing: the same status, words and headers, after the same number of questions to the
/// database. (Times themselves are not compared: on a busy machine they would prove nothing either way.)
/// </summary>
public sealed class ForeignIdTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Addresses { get; } =
    [
        "/api/labs/{lab}", "/api/labs/{lab}/members", "/api/labs/{lab}/invitations", "/api/projects/{project}", "/api/projects/{project}/shares", "/api/projects/{project}/invitations",
        "/api/samples/{sample}", "/api/sessions/{session}", "/api/datasets/{dataset}", "/api/datasets/{dataset}/signals/0.zarr/zarr.json", "/api/datasets/{dataset}/signals/0/thumbnail",
        "/api/datasets/{dataset}/files/{file}", "/api/uploads/{upload}", "/api/jobs/{job}", "/api/results/{result}", "/api/results/{result}/items/0/file", "/api/results/{result}/items/1.zarr/zarr.json",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_foreign_id_is_answered_as_one_that_nobody_has(string address)
    {
        var world = await World.MakeAsync(app);
        var ids = new Dictionary<string, Guid>
        {
            ["lab"] = world.Lab,
            ["project"] = world.Project,
            ["sample"] = world.Sample,
            ["session"] = world.Session,
            ["dataset"] = world.Dataset,
            ["file"] = world.File,
            ["upload"] = world.Upload,
            ["job"] = world.Job,
            ["result"] = world.Result,
        };
        using var stranger = await app.ClientForAsync("stranger");
        var foreign = await FewestAsync(stranger, Fill(address, ids));
        var absent = await FewestAsync(stranger, Fill(address, ids.ToDictionary(id => id.Key, _ => Guid.CreateVersion7())));
        Assert.Equal(404, foreign.Status);
        Assert.NotEqual(0, foreign.Questions);
        Assert.Equal(absent, foreign);
    }

    /// <summary>Of three answers the one that took the fewest questions: the first of all fills the host's own caches, and every few seconds one finds out whether the cookie is still good.</summary>
    private static async Task<(int Status, string Body, string Headers, int Questions)> FewestAsync(HttpClient client, string address) =>
        new[] { await AskAsync(client, address), await AskAsync(client, address), await AskAsync(client, address) }.MinBy(answer => answer.Questions);

    private static string Fill(string address, Dictionary<string, Guid> ids) => ids.Aggregate(address, (filled, id) => filled.Replace($"{{{id.Key}}}", $"{id.Value}", StringComparison.Ordinal));

    private static async Task<(int Status, string Body, string Headers, int Questions)> AskAsync(HttpClient client, string address)
    {
        var questions = 0;
        using var trace = new Activity("asked").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Counted where they begin: the last one may end after the answer is here.
            ActivityStarted = asked => Interlocked.Add(ref questions, asked.TraceId == trace.TraceId && asked.OperationName.Length > 0 ? 1 : 0),
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("traceparent", trace.Id);
        using var answer = await client.SendAsync(request, Ct);
        var body = await answer.Content.ReadAsStringAsync(Ct);
        if (body.Length > 0)
        {
            var problem = JsonNode.Parse(body)!.AsObject();
            problem.Remove("traceId");
            body = problem.ToJsonString();
        }

        return ((int)answer.StatusCode, body, string.Join(';', answer.Headers.Concat(answer.Content.Headers).Select(header => $"{header.Key}={string.Join(',', header.Value)}").Order()), questions);
    }
}
