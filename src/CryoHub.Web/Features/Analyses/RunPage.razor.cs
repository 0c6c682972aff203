using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Recipes;
using CryoHub.Platform.Spectra;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Analyses;

/// <summary>The form of an analysis, drawn from its parameter record; with <c>from</c>, that of a job to be run again with changes.</summary>
public sealed partial class RunPage : UserPage
{
    private const int MostRecipes = 200;
    private const string SliceParameter = "slice";

    private ProjectDetails? project;
    private AnalysisInfo? info;
    private ParameterDraft? draft;
    private IReadOnlyList<InputChoice> choices = [];
    private IReadOnlyList<IReadOnlyList<string>> kinds = [];
    private IReadOnlyList<RecipeRow> recipes = [];
    private RecipeRow? recipe;
    private SignalDetails? signal;
    private JobRow? same;
    private RunEstimate? estimate;
    private string? obstacle;
    private bool isBusy;
    private string drawn = "";

    [Parameter]
    public Guid ProjectId { get; set; }

    /// <summary>Key of the analysis; absent while it is being chosen.</summary>
    [Parameter]
    public string? Key { get; set; }

    /// <summary>Data sets chosen on the page before.</summary>
    [SupplyParameterFromQuery(Name = "input")]
    public Guid[]? Given { get; set; }

    /// <summary>The job to run again with changes.</summary>
    [SupplyParameterFromQuery]
    public Guid? From { get; set; }

    [Inject]
    private ProjectDirectory Projects { get; set; } = null!;

    [Inject]
    private DatasetCatalog Datasets { get; set; } = null!;

    [Inject]
    private SpectrumLibrary Library { get; set; } = null!;

    [Inject]
    private RecipeBook Recipes { get; set; } = null!;

    [Inject]
    private JobList Jobs { get; set; } = null!;

    [Inject]
    private AnalysisDesk Desk { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private int Count => choices.Count == 0 ? 0 : choices.Max(choice => choice.Chosen.Count);

    /// <summary>Whether the analysis can try its parameters on one slice while a person works on them.</summary>
    private bool HasSlices => info!.HasPreview && draft!.Specs.Any(spec => spec is { Name: SliceParameter, Type: "integer" }) && choices[0].Chosen.Count > 0;

    /// <summary>What the browser asks for; it adds the slice.</summary>
    private string Question => draft!.Problems.Count > 0 ? "" : new JsonObject
    {
        ["analysis"] = info!.Key,
        ["inputs"] = new JsonArray([.. InputsOf(0).Select(input => new JsonObject { ["role"] = input.Role, ["datasetId"] = input.DatasetId, ["signal"] = input.Signal })]),
        ["parameters"] = draft.Values.DeepClone(),
    }.ToJsonString();

    private string RunWords => (Count > 1 ? $"Run on {Count} data sets" : "Run") + (estimate is { Same: null } ? $", about {About(estimate)}" : "");

    protected override async Task LoadAsync()
    {
        project = await Projects.FindAsync(Me, ProjectId, Ct);
        info = Key is null ? null : AnalysisCatalog.Find(Key)?.Info;
        if (project is null || drawn == Navigation.Uri)
        {
            return;   // the form keeps what was typed
        }

        drawn = Navigation.Uri;
        if (info is null)
        {
            kinds = await KindsAsync();
            return;
        }

        var previous = From is { } job ? await Jobs.FindAsync(Me, job, Ct) : null;
        draft = new ParameterDraft(info.Parameters, previous is null ? null : JsonObject.Create(previous.Parameters));
        IReadOnlyList<JobInputRef> wanted = previous is null
            ? [.. (Given ?? []).Select(id => new JobInputRef("", id, -1))]
            : [.. previous.Inputs.Where(input => input.DatasetId is not null).Select(input => new JobInputRef(input.Role, input.DatasetId!.Value, input.Signal))];
        choices = await InputOffer.OfAsync(Datasets, Library, Me, ProjectId, info, wanted, Ct);
        recipe = null;
        await ListRecipesAsync();
        await ChooseAsync();
    }

    private async Task ListRecipesAsync() => recipes = (await Recipes.ListAsync(Me, ProjectId, info!.Key, new PageRequest(0, MostRecipes), Ct))?.Items ?? [];

    /// <summary>Fills the form with a recipe's parameters, or with the defaults.</summary>
    private async Task TakeAsync(RecipeRow? row)
    {
        var found = row is null ? null : await Recipes.FindAsync(Me, row.Id, Ct);
        recipe = found?.Recipe;
        draft = new ParameterDraft(info!.Parameters, found is null ? null : JsonObject.Create(found.Parameters));
        await EstimateAsync();
    }

    private Task KeepAsync(string name) => DoAsync(async () =>
    {
        if (!draft!.TryFinish())
        {
            throw ProblemException.Invalid("A recipe needs usable parameters; see below.");
        }

        recipe = await Desk.SaveRecipeAsync(Me, ProjectId, info!.Key, name, draft.Values, Ct);
        draft = new ParameterDraft(info.Parameters, draft.Values.DeepClone().AsObject());
        await ListRecipesAsync();
    });

    private Task ForgetAsync(RecipeRow row) => DoAsync(async () =>
    {
        await Recipes.RemoveAsync(Me, row.Id, Ct);
        recipe = null;
        await ListRecipesAsync();
    });

    private async Task<IReadOnlyList<IReadOnlyList<string>>> KindsAsync()
    {
        var all = new List<IReadOnlyList<string>>();
        foreach (var id in Given ?? [])
        {
            if (await Datasets.FindAsync(Me, id, Ct) is { } dataset)
            {
                all.Add([.. dataset.Signals.Select(row => row.Kind)]);
            }
        }

        return all;
    }

    private async Task ChooseAsync()
    {
        signal = choices.FirstOrDefault()?.Chosen is [var option, ..] ? await Datasets.SignalAsync(Me, option.DatasetId, option.Signal, Ct) : null;
        await EstimateAsync();
    }

    /// <summary>What pressing the button will cost, or why it would be refused; nothing while the form is not complete.</summary>
    private async Task EstimateAsync()
    {
        (estimate, obstacle, same) = (null, null, null);
        if (draft!.Problems.Count > 0 || choices.Any(choice => choice.Input.Required && choice.Chosen.Count == 0))
        {
            return;
        }

        try
        {
            estimate = await Desk.EstimateAsync(Me, ProjectId, info!.Key, InputsOf(0), draft.Values, Ct);
            same = Count == 1 && estimate?.Same is { } known ? (await Jobs.FindAsync(Me, known.JobId, Ct))?.Job : null;
        }
        catch (ProblemException problem)
        {
            obstacle = problem.Message;
        }
    }

    private async Task RunAsync()
    {
        (isBusy, same, Refusal) = (true, null, null);
        if (draft!.TryFinish())
        {
            await DoAsync(SubmitAsync);
        }
        else
        {
            Refusal = draft.Problems.Count == 1 ? "One parameter is not usable yet; see below." : $"{draft.Problems.Count} parameters are not usable yet; see below.";
        }

        isBusy = false;
    }

    private async Task SubmitAsync()
    {
        var submitted = new List<Submitted>();
        for (var run = 0; run < Math.Max(1, Count); run++)
        {
            if (await Desk.SubmitAsync(Me, ProjectId, info!.Key, InputsOf(run), draft!.Values, Ct) is { } job)
            {
                submitted.Add(job);
            }
        }

        if (submitted is [{ IsNew: false } known])
        {
            same = (await Jobs.FindAsync(Me, known.JobId, Ct))?.Job;
        }
        else if (submitted.Count > 0)
        {
            Navigation.NavigateTo(submitted is [var one] ? $"jobs/{one.JobId}" : $"projects/{ProjectId}/jobs");
        }
    }

    private JobInputRef[] InputsOf(int run) => [.. choices.Where(choice => choice.Chosen.Count > 0).Select(choice => Ref(choice, run))];

    // Rough, so written roughly; of several data sets the first stands for all.
    private string About(RunEstimate one)
    {
        var seconds = one.Seconds * Math.Max(1, Count);
        return seconds < 10 ? "10 s" : seconds < 90 ? $"{Math.Ceiling(seconds / 10) * 10:0} s" : seconds < 5400 ? $"{Math.Ceiling(seconds / 60):0} min" : $"{seconds / 3600:0.#} h";
    }

    // A role with one choice serves every run; one with several takes them in turn.
    private static JobInputRef Ref(InputChoice choice, int run)
    {
        var option = choice.Chosen[Math.Min(run, choice.Chosen.Count - 1)];
        return new JobInputRef(choice.Input.Role, option.DatasetId, option.Signal);
    }

    private string Link(string? key) =>
        $"projects/{ProjectId}/run{(key is null ? "" : "/" + key)}{(Given is { Length: > 0 } given ? "?" + string.Join('&', given.Select(id => $"input={id}")) : "")}";

    private static string Written(JsonNode? value) => value switch
    {
        null => "automatic",
        JsonArray items => items.Count == 1 ? "1 entry" : $"{items.Count} entries",
        JsonObject fields => string.Join(", ", fields.Select(field => $"{field.Key} {field.Value}")),
        _ => value.ToString().Replace('-', '−'),
    };
}
