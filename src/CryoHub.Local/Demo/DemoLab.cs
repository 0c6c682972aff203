using System.Text.Json.Nodes;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Users;
using CryoHub.Web.Features.Analyses;
using Microsoft.AspNetCore.Identity;

namespace CryoHub.Local.Demo;

/// <summary>
/// A lab with samples, data and finished jobs, so that nothing a newcomer opens is empty. Every step looks first whether it was done: a start that was
/// interrupted is completed by the next one.
/// </summary>
public sealed class DemoLab(
    UserManager<User> users,
    LabDirectory labs,
    ProjectDirectory projects,
    SampleCatalog samples,
    DatasetCatalog datasets,
    JobList jobs,
    AnalysisDesk analyses,
    DemoSteps steps,
    DemoCustody custody,
    DemoFacility facility,
    DemoUpload upload,
    DemoNeighbour neighbour)
{
    private const string LabName = "Demo lab";
    private const string ProjectName = "Lithium and its interphase";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);
    private static readonly PageRequest Everything = new(0, 200);

    // From the cell down to what lies under the beam: label, kind, what it was made from.
    private static readonly (string Name, SampleKind Kind, string Parent)[] Chain =
    [
        ("C-0198", SampleKind.Cell, ""), ("E-0031", SampleKind.Electrode, "C-0198"), ("G-0409", SampleKind.Grid, "E-0031"), ("G-0412", SampleKind.Grid, "E-0031"),
        ("S-0120", SampleKind.Specimen, "E-0031"), ("L-0087", SampleKind.Lamella, "S-0120"),
    ];

    public async Task EnsureAsync(Uri site, CancellationToken ct)
    {
        var owner = (await users.FindByEmailAsync(LocalHost.AdministratorMail))?.Id;
        if (owner is not { } me)
        {
            return;   // the first administrator has renamed themselves: this site is nobody's demo any more
        }

        var (lab, project) = await ProjectAsync(me, ct);
        var places = await SamplesAsync(me, project, ct);
        await steps.RecordAsync(me, project, places, ct);
        await custody.EnsureAsync(me, lab, places, ct);
        await facility.EnsureAsync(me, lab, ct);
        var files = DemoFiles.All();
        await UploadAsync(site, me, project, places, files, ct);
        await neighbour.EnsureAsync(site, me, lab, project, ct);
        await custody.ShipAsync(me, lab, places, ct);
        await AnalyseAsync(me, project, files, ct);
        Console.WriteLine($"The demo lab is ready: {site}projects/{project}");
    }

    private async Task<(Guid Lab, Guid Project)> ProjectAsync(Guid me, CancellationToken ct)
    {
        var known = (await labs.ListAsync(me, Everything, ct)).Items.FirstOrDefault(lab => lab.Name == LabName);
        var lab = known?.Id ?? await labs.CreateAsync(me, LabName, ct);
        var project = (await projects.ListAsync(me, lab, Everything, ct)).Items.FirstOrDefault(row => row.Name == ProjectName);
        return (lab, project?.Id ?? (await projects.CreateAsync(me, lab, ProjectName, "Generated specimens with known truth, and real files where they are at hand.", ct))!.Value);
    }

    private async Task<Dictionary<string, Guid>> SamplesAsync(Guid me, Guid project, CancellationToken ct)
    {
        var known = (await samples.ListAsync(me, project, Everything, ct))!.Items.ToDictionary(row => row.Name, row => row.Id);
        foreach (var (name, kind, parent) in Chain)
        {
            if (!known.ContainsKey(name))
            {
                var text = new SampleText(kind, name, parent.Length > 0 ? known[parent] : null, "Li", null, Fields(kind));
                known[name] = (await samples.CreateAsync(me, project, text, ct))!.Value;
            }
        }

        return known;
    }

    private static Dictionary<string, string> Fields(SampleKind kind) => kind switch
    {
        SampleKind.Cell => new() { ["electrolyte"] = "1 M LiPF6 in EC/DEC", ["current density"] = "0.5 mA/cm2", ["areal capacity"] = "1 mAh/cm2" },
        SampleKind.Grid => new() { ["film"] = "lacey carbon", ["mesh"] = "Cu 300" },
        SampleKind.Lamella => new() { ["milling"] = "Ga, 30 kV then 5 kV, -160 degC" },
        _ => [],
    };

    private async Task UploadAsync(Uri site, Guid me, Guid project, Dictionary<string, Guid> places, IReadOnlyList<DemoFile> files, CancellationToken ct)
    {
        var known = (await RowsAsync(me, project, ct)).Select(row => row.Name).ToHashSet();
        foreach (var file in files.Where(file => !known.Contains(file.Name)))
        {
            Console.WriteLine($"Demo: {file.Name}");
            await upload.SendAsync(site, me, project, places[file.Sample], file, ct);
        }
    }

    private async Task AnalyseAsync(Guid me, Guid project, IReadOnlyList<DemoFile> files, CancellationToken ct)
    {
        var rows = await WaitAsync(() => RowsAsync(me, project, ct), all => all.All(row => row.Status is not (DatasetStatus.Receiving or DatasetStatus.Received)), ct);
        var wanted = new List<Guid>();
        foreach (var (file, row) in files.Join(rows, file => file.Name, row => row.Name, (file, row) => (file, row)).Where(pair => pair.row.Status == DatasetStatus.Ready))
        {
            var dataset = (await datasets.FindAsync(me, row.Id, ct))!;
            foreach (var run in file.Analyses)
            {
                var signal = dataset.Signals.FirstOrDefault(s => s.Kind == run.Kind)?.Index ?? 0;
                var submitted = await analyses.SubmitAsync(me, project, run.Analysis, [new JobInputRef("signal", row.Id, signal)], JsonNode.Parse(run.Parameters)!.AsObject(), ct);
                wanted.Add(submitted!.JobId);
            }
        }

        await WaitAsync(
            async () => (await jobs.ListAsync(me, project, null, null, Everything, ct)).Items.Where(job => wanted.Contains(job.Id)).ToList(),
            all => all.All(job => job.Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled),
            ct);
    }

    private async Task<IReadOnlyList<DatasetRow>> RowsAsync(Guid me, Guid project, CancellationToken ct) =>
        (await datasets.ListAsync(me, new DatasetFilter { ProjectId = project }, Everything, ct)).Items;

    private static async Task<T> WaitAsync<T>(Func<Task<T>> ask, Func<T, bool> isDone, CancellationToken ct)
    {
        using var clock = new PeriodicTimer(Look);
        var answer = await ask();
        while (!isDone(answer) && await clock.WaitForNextTickAsync(ct))
        {
            answer = await ask();
        }

        return answer;
    }
}
