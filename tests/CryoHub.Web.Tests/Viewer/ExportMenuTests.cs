using System.Net;
using System.Net.Http.Json;
using CryoHub.Formats;
using CryoHub.Web.Features.Exports;
using CryoHub.Web.Tests.Access;

namespace CryoHub.Web.Tests.Viewer;

/// <summary>The menu of an export: what can hold the signal, and why the rest cannot.</summary>
public sealed class ExportMenuTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_format_is_listed_and_what_cannot_hold_the_signal_says_why_there_and_when_asked_for()
    {
        var world = await World.MakeAsync(app);
        using var viewer = await app.ClientForAsync("viewer");
        var url = $"/api/datasets/{world.Dataset}/signals/0/exports";
        var formats = (await viewer.GetFromJsonAsync<List<ExportFormat>>(url, Ct))!;
        Assert.Equal(FormatCatalog.Writers.Select(writer => writer.Extension).Order(), formats.Select(format => format.Extension).Order());
        Assert.Equal(formats.OrderBy(format => format.Refusal is not null), formats);
        var refused = formats.First(format => format.Refusal is not null);      // an image is no EMSA spectrum
        using var asked = await viewer.PostAsJsonAsync(url, new StartExport(refused.Extension), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains(refused.Refusal!, await asked.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }
}
