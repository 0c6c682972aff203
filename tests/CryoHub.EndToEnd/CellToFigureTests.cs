using System.Globalization;
using CryoHub.Analyses.Phantoms;
using CryoHub.EndToEnd.Processes;
using CryoHub.Formats.Mrc;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>One cell's way to a figure, through the pages that people use: two labs, and a third that sees nothing of it.</summary>
public sealed class CellToFigureTests
{
    private const string Home = "Interphase lab", Partner = "Northern lab";

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task A_cell_is_made_opened_frozen_milled_shipped_imaged_and_analysed_by_two_labs(int width, int height)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var size = new ViewportSize { Width = width, Height = height };
        var ada = await Visitor.SignInAsync(browser, site, size);
        await site.Api.SignInAsync(LocalProcess.Mail, site.Password);
        var bo = await JoinAsync(browser, site, new Newcomer("Bo"), size);
        var cleo = await JoinAsync(browser, site, new Newcomer("Cleo"), size);

        var lab = await FoundLabAsync(ada, Home);
        var northern = await FoundLabAsync(bo, Partner);
        await FoundLabAsync(cleo, "Third lab");
        var project = await NewProjectAsync(ada);
        var cell = await AtTheBenchAsync(ada, project);
        var grid = await ToTheGridAsync(ada, cell);
        await KeepAsync(ada, $"story-grid-{width}", size);
        await StoreAsync(ada, lab, grid);
        await ShareAsync(ada, bo, site, project);
        var shipment = await ShipAsync(ada, lab, project, "G-1");
        await ReceiveAsync(bo, northern, shipment);

        var dataset = await ImageAsync(bo, project, grid, ct);
        await KeepAsync(bo, $"story-dataset-{width}", size);
        var result = await AnalyseAsync(bo, project, dataset, ct);
        await KeepAsync(bo, $"story-result-{width}", size);
        await ReadMethodAsync(bo, grid);
        await KeepAsync(bo, $"story-method-{width}", size);

        foreach (var path in (string[])[$"projects/{project}", $"samples/{grid}", $"items/{grid}", $"datasets/{dataset}", $"results/{result}", $"shipments/{shipment}", $"labs/{northern}"])
        {
            await cleo.OpenAsync(path);
            await cleo.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such" }).WaitForAsync();
        }

        await ada.OpenAsync($"results/{result}");
        await ada.Page.GetByText("dose limit of").First.WaitForAsync();
        await bo.OpenAsync($"labs/{lab}");
        await bo.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such" }).WaitForAsync();
    }

    private static async Task<Visitor> JoinAsync(Browser browser, LocalProcess site, Newcomer person, ViewportSize size)
    {
        (await person.JoinAsync(site)).Dispose();
        return await Visitor.SignInAsync(browser, site, person.Mail, person.Password, size);
    }

    private static async Task<string> FoundLabAsync(Visitor visitor, string name)
    {
        await visitor.OpenAsync("labs");
        await visitor.Page.GetByLabel("Name of a new lab").FillAsync(name);
        await visitor.ClickAsync("Found lab");
        await visitor.Page.WaitForURLAsync("**/labs/*");
        return Last(visitor);
    }

    private static async Task<string> NewProjectAsync(Visitor visitor)
    {
        await visitor.OpenAsync("projects");
        await visitor.ClickAsync("New project");
        await visitor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Why does lithium die");
        await visitor.ClickAsync("Create project");
        await visitor.Page.WaitForURLAsync("**/projects/*-*");
        return Last(visitor);
    }

    /// <summary>The cell is made, cycled, opened and its electrode washed, step by step along a template.</summary>
    private static async Task<string> AtTheBenchAsync(Visitor visitor, string project)
    {
        await visitor.OpenAsync($"projects/{project}/samples/new");
        await FillAsync(visitor, "#sample-name", "C-1");
        await FillAsync(visitor, "#sample-metal", "Li");
        await visitor.ClickAsync("Add sample");
        await visitor.Page.WaitForURLAsync("**/samples/*-*");
        var cell = Last(visitor);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Follow a template" }).ClickAsync();
        await visitor.Page.Locator("section.card", new() { HasText = "Li coin cell, wash and plunge" }).GetByRole(AriaRole.Button, new() { Name = "Follow" }).ClickAsync();

        await DoneAsync(visitor, "Assemble the cell", new()
        {
            ["electrode"] = "Li",
            ["counter-electrode"] = "Cu",
            ["electrolyte-kind"] = "liquid",
            ["salts"] = "1 M LiPF6",
            ["solvents"] = "EC/DEC 1:1",
            ["separator"] = "Celgard 2325",
            ["format"] = "CR2032",
        });
        await DoneAsync(visitor, "Plate or cycle", new() { ["current-density"] = "0.5", ["areal-capacity"] = "1", ["cycles"] = "1", ["stopped"] = "plated" });
        await DoneAsync(visitor, "Open the cell", new() { ["glovebox"] = "GB 2", ["gas"] = "argon", ["oxygen"] = "0.3", ["water"] = "0.2" }, makes: "E-1");
        await DoneAsync(visitor, "Wash", new() { ["interphase"] = "dry, washed", ["solvent"] = "DEC", ["volume"] = "50", ["wash-time"] = "30" });
        return cell;
    }

    /// <summary>One screen of the bench.</summary>
    private static async Task DoneAsync(Visitor visitor, string title, Dictionary<string, string> values, string? makes = null)
    {
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true, Level = 1 }).WaitForAsync();
        foreach (var (key, value) in values)
        {
            var field = page.Locator($"#v-{key}");
            await (await field.EvaluateAsync<string>("field => field.tagName") == "SELECT" ? field.SelectOptionAsync(value) : (Task)field.FillAsync(value));
        }

        if (makes is not null)
        {
            await page.FillAsync("#product", makes);
        }

        await page.Locator(".foot button").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true, Level = 1 }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Frozen, milled to a lamella, and that on a grid: recorded from each sample's own page.</summary>
    private static async Task<string> ToTheGridAsync(Visitor visitor, string cell)
    {
        await visitor.OpenAsync($"samples/{cell}");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "E-1", Exact = true }).First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "E-1", Level = 1 }).WaitForAsync();
        await RecordAsync(visitor, "vitrification", new() { ["cryogen"] = "liquid nitrogen", ["frozen-medium"] = "dry specimen", ["delay"] = "120", ["temperature-max"] = "-178" });
        var milling = new Dictionary<string, string>
        {
            ["ion"] = "Ga",
            ["voltage"] = "30",
            ["ion-current"] = "0.1",
            ["milling-angle"] = "12",
            ["thickness"] = "90",
            ["temperature-max"] = "-165",
        };
        await RecordAsync(visitor, "milling", milling, makes: ("Lamella", "L-1"));
        await RecordAsync(visitor, "mounting", new() { ["material"] = "copper", ["film"] = "none", ["mesh"] = "half-moon", ["temperature-max"] = "-170" }, makes: ("Grid", "G-1"));
        return Last(visitor);
    }

    /// <summary>A step through the form; ends on the page of what it made, or of the sample itself.</summary>
    private static async Task RecordAsync(Visitor visitor, string kind, Dictionary<string, string> values, (string Kind, string Name)? makes = null)
    {
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a step" }).ClickAsync();
        await page.SelectOptionAsync("#step-kind", kind);
        await FillStepAsync(visitor, values);
        if (makes is { } made)
        {
            await visitor.ClickAsync("New sample");
            await page.GetByLabel("Kind of the new sample").SelectOptionAsync(made.Kind);
            await page.GetByLabel("Label of the new sample").FillAsync(made.Name);
            await page.GetByLabel("Label of the new sample").PressAsync("Tab");
        }

        await visitor.ClickAsync("Record the step");
        await page.WaitForURLAsync("**/samples/*", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a step" }).WaitForAsync();
        if (makes is { } next)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = next.Name, Exact = true }).First.ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = next.Name, Level = 1 }).WaitForAsync();
        }
    }

    private static async Task FillStepAsync(Visitor visitor, Dictionary<string, string> values)
    {
        foreach (var (key, value) in values)
        {
            var field = visitor.Page.Locator($"#f-{key}");
            if (await field.EvaluateAsync<string>("field => field.tagName") == "SELECT")
            {
                await field.SelectOptionAsync(value);
            }
            else
            {
                await field.FillAsync(value);
                await field.PressAsync("Tab");
            }
        }
    }

    private static async Task StoreAsync(Visitor visitor, string lab, string grid)
    {
        await visitor.OpenAsync($"labs/{lab}/storage");
        foreach (var (button, kind, name) in new[] { ("Dewar or cabinet", "", "D1"), ("Put in", "Puck", "puck 1"), ("Box", "", "box A") })
        {
            await visitor.ClickAsync(button);
            if (kind.Length > 0)
            {
                await visitor.Page.SelectOptionAsync("#place-kind", new SelectOptionValue { Label = kind });
            }

            await FillAsync(visitor, "#place-name", name);
            await visitor.ClickAsync("Add it");
            await visitor.Page.Locator("#place-name").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await visitor.OpenAsync($"items/{grid}");
        await visitor.ClickAsync("Put away");
        await visitor.Page.SelectOptionAsync("#put-box", new SelectOptionValue { Label = "D1, puck 1, box A (4 free)" });
        await visitor.ClickAsync("Put it away");
        await visitor.Page.Locator(".where").GetByText("D1, puck 1, box A, slot 1").WaitForAsync();
    }

    /// <summary>By mail to a person, who takes the project for the whole lab.</summary>
    private static async Task ShareAsync(Visitor ada, Visitor bo, LocalProcess site, string project)
    {
        await ada.OpenAsync($"projects/{project}/members");
        await FillAsync(ada, "#who", new Newcomer("Bo").Mail);
        await ada.Page.SelectOptionAsync("#as", new SelectOptionValue { Label = "editor" });
        await ada.ClickAsync("Share");
        await ada.Page.GetByText(new Newcomer("Bo").Mail).First.WaitForAsync();
        var code = await new Newcomer("Bo").CodeAsync(site, "account/invitation");
        await bo.OpenAsync($"account/invitation?code={Uri.EscapeDataString(code)}");
        await bo.Page.SelectOptionAsync("#forLab", new SelectOptionValue { Label = $"everybody of {Partner}" });
        await bo.ClickAsync("Accept");
        await bo.OpenAsync($"projects/{project}");
    }

    private static async Task<string> ShipAsync(Visitor visitor, string lab, string project, string item)
    {
        var page = visitor.Page;
        await visitor.OpenAsync($"labs/{lab}/shipments/new");
        await FillAsync(visitor, "#ship-title", "Grid for the Northern lab");
        await page.SelectOptionAsync("#ship-to", new SelectOptionValue { Label = Partner });
        await FillAsync(visitor, "#ship-container", "DS-4");
        await FillAsync(visitor, "#ship-filled", TimeProvider.System.GetUtcNow().AddHours(-2).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await FillAsync(visitor, "#ship-hold", "7 d");
        await page.SelectOptionAsync("#ship-project", project);
        await page.GetByLabel($"Grid {item}").CheckAsync();
        await visitor.ClickAsync("Make the packing list");
        await page.WaitForURLAsync("**/shipments/*-*");
        await visitor.ClickAsync("It has left");
        await page.Locator(".badge", new() { HasText = "Sent" }).WaitForAsync();
        return Last(visitor);
    }

    private static async Task ReceiveAsync(Visitor visitor, string lab, string shipment)
    {
        await visitor.OpenAsync($"labs/{lab}/shipments");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Grid for the Northern lab" }).ClickAsync();
        await visitor.Page.WaitForURLAsync($"**/shipments/{shipment}");
        await FillAsync(visitor, "#arrival-warmest", "-185");
        await visitor.ClickAsync("All arrived well");
        await visitor.ClickAsync("Check it in");
        await visitor.Page.Locator(".badge", new() { HasText = "Arrived" }).First.WaitForAsync();
    }

    /// <summary>The session, the picture and its acquisition, which lays down twice what Li2O2 bears.</summary>
    private static async Task<string> ImageAsync(Visitor visitor, string project, string grid, CancellationToken ct)
    {
        var page = visitor.Page;
        await visitor.OpenAsync($"samples/{grid}");
        await RecordAsync(visitor, "transfer", new() { ["transfer-medium"] = "liquid nitrogen", ["temperature-max"] = "-180" });
        await RecordAsync(visitor, "session", new() { ["instrument"] = "TEM 2", ["holder"] = "cryo 2", ["beam-energy"] = "300", ["temperature-max"] = "-176" });
        await page.GetByRole(AriaRole.Link, new() { Name = "Data sets" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Upload data" }).ClickAsync();
        var chooser = page.Locator("input.uppy-Dashboard-input").First;
        await chooser.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        using var file = new MemoryStream();
        await new MrcWriter().WriteAsync(new LatticeImage(seed: 3, size: 256).Image(), file, ct);
        await chooser.SetInputFilesAsync(new FilePayload { Name = "lattice.mrc", MimeType = "application/octet-stream", Buffer = file.ToArray() });
        var rows = await visitor.UntilAsync($"api/datasets?projectId={project}", found => found["items"]!.AsArray() is [{ } only] && (string?)only["status"] == "ready", ct);
        var dataset = (string)rows["items"]![0]!["id"]!;

        await visitor.OpenAsync($"datasets/{dataset}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Record its acquisition" }).ClickAsync();
        await page.Locator("#f-mode").WaitForAsync();
        Assert.Equal("0.02 nm", await page.InputValueAsync("#f-pixel-size"));
        await FillStepAsync(visitor, new() { ["mode"] = "HRTEM", ["fluence"] = "20000", ["place"] = "square 1" });
        await visitor.ClickAsync("Record the step");
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a step" }).WaitForAsync();
        await visitor.OpenAsync($"datasets/{dataset}");
        await page.GetByText("dose limit of").First.WaitForAsync();
        return dataset;
    }

    private static async Task<string> AnalyseAsync(Visitor visitor, string project, string dataset, CancellationToken ct)
    {
        await visitor.OpenAsync($"projects/{project}/run/fft-peaks?input={dataset}");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run") }).ClickAsync();
        var results = await visitor.UntilAsync($"api/results?projectId={project}", page => (int)page["total"]! == 1, ct);
        var result = (string)results["items"]![0]!["id"]!;
        await visitor.OpenAsync($"results/{result}");
        await visitor.Page.GetByText("dose limit of").First.WaitForAsync();
        await visitor.Page.GetByText("Spacing").First.WaitForAsync();
        return result;
    }

    /// <summary>From the image back to the cell, in words.</summary>
    private static async Task ReadMethodAsync(Visitor visitor, string grid)
    {
        await visitor.OpenAsync($"samples/{grid}/method");
        var method = await visitor.Page.Locator("p.method").InnerTextAsync();
        foreach (var said in (string[])["1 M LiPF6", "DEC", "liquid nitrogen", "Ga", "TEM 2"])
        {
            Assert.Contains(said, method, StringComparison.Ordinal);
        }
    }

    private static async Task FillAsync(Visitor visitor, string field, string value)
    {
        await visitor.Page.FillAsync(field, value);
        await visitor.Page.Locator(field).PressAsync("Tab");
    }

    private static async Task KeepAsync(Visitor visitor, string name, ViewportSize size)
    {
        await visitor.Page.KeepAsync(name);
        await visitor.Page.IsAccessibleAsync(name);
        await visitor.Page.FitsAsync(size, name);
    }

    private static string Last(Visitor visitor) => visitor.Page.Url.Split('/', '?')[^1];
}
