using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>An item on its way through the lab, on a phone: put away, refused, found, handed on, and the log of it all verified.</summary>
public sealed class CustodyTests
{
    [Fact]
    public async Task An_item_is_put_away_and_taken_out_on_a_phone_and_the_audit_log_is_whole()
    {
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site, Browser.Phone);
        var lab = (await visitor.PostAsync("api/labs", new JsonObject { ["name"] = "Lab" }))["id"];
        var project = (await visitor.PostAsync("api/projects", new JsonObject { ["labId"] = (string)lab!, ["name"] = "Project" }))["id"];
        var sample = (await visitor.PostAsync($"api/projects/{project}/samples", new JsonObject { ["kind"] = "grid", ["name"] = "G-1" }))["id"];

        await visitor.OpenAsync($"labs/{lab}/storage");
        await AddAsync(visitor, "Dewar or cabinet", "D1");
        await AddAsync(visitor, "Put in", "puck 1", "Puck");
        await AddAsync(visitor, "Box", "box A");
        await visitor.OpenAsync($"items/{sample}");
        await visitor.ClickAsync("Put away");
        await visitor.Page.SelectOptionAsync("#put-box", new SelectOptionValue { Label = "D1, puck 1, box A (4 free)" });
        await visitor.Page.FillAsync("#put-slot", "3");
        await visitor.ClickAsync("Put it away");
        await visitor.Page.Locator(".where").GetByText("D1, puck 1, box A, slot 3").WaitForAsync();
        await visitor.ClickAsync("Take out");
        await visitor.Page.Locator(".where").GetByText("Administrator").WaitForAsync();
        await visitor.Page.KeepAsync("item-in-hand-390");
        await visitor.Page.IsAccessibleAsync("item");
        await visitor.Page.FitsAsync(Browser.Phone, "item");

        await visitor.OpenAsync($"labs/{lab}/audit");
        await visitor.ClickAsync("Verify");
        await visitor.Page.GetByText("rows are as they were written").WaitForAsync();
        await visitor.Page.KeepAsync("audit-verified-390");
        await visitor.Page.IsAccessibleAsync("audit");
    }

    [Fact]
    public async Task An_item_handed_to_somebody_of_another_lab_is_theirs_once_they_say_so()
    {
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var ada = await Visitor.SignInAsync(browser, site, Browser.Phone);
        await site.Api.SignInAsync(LocalProcess.Mail, site.Password);
        var person = new Newcomer("Bo");
        (await person.JoinAsync(site)).Dispose();
        var bo = await Visitor.SignInAsync(browser, site, person.Mail, person.Password, Browser.Phone);
        var lab = (string)(await ada.PostAsync("api/labs", new JsonObject { ["name"] = "Lab" }))["id"]!;
        var northern = (string)(await bo.PostAsync("api/labs", new JsonObject { ["name"] = "Northern lab" }))["id"]!;
        var shared = (string)(await ada.PostAsync("api/projects", new JsonObject { ["labId"] = lab, ["name"] = "Shared" }))["id"]!;
        var project = (string)(await ada.PostAsync("api/projects", new JsonObject { ["labId"] = lab, ["name"] = "Own" }))["id"]!;
        var sample = (string)(await ada.PostAsync($"api/projects/{project}/samples", new JsonObject { ["kind"] = "grid", ["name"] = "G-1" }))["id"]!;
        await site.Api.PostAsync($"/api/projects/{shared}/shares", new JsonObject { ["email"] = person.Mail, ["role"] = "viewer" });
        var code = await person.CodeAsync(site, "account/invitation");
        await bo.OpenAsync($"account/invitation?code={Uri.EscapeDataString(code)}");
        await bo.Page.SelectOptionAsync("#forLab", new SelectOptionValue { Label = "everybody of Northern lab" });
        await bo.ClickAsync("Accept");
        await bo.OpenAsync($"projects/{shared}");

        await ada.OpenAsync($"items/{sample}");
        await ada.ClickAsync("Take");
        await ada.ClickAsync("Hand over");
        await ada.Page.SelectOptionAsync("#offer-lab", new SelectOptionValue { Value = northern });
        await ada.Page.FillAsync("#offer-note", "in the blue puck");
        await ada.Page.Locator("#offer-note").PressAsync("Tab");
        await ada.ClickAsync("Offer it");
        await ada.Page.GetByText("Offered to Northern lab").WaitForAsync();

        await bo.OpenAsync("scan");
        await bo.Page.GetByText("in the blue puck").WaitForAsync();
        await bo.Page.KeepAsync("handover-390");
        await bo.ClickAsync("I have it");
        await bo.Page.GetByText("in the blue puck").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await ada.OpenAsync($"items/{sample}");
        await ada.Page.Locator(".where").GetByText("Bo").WaitForAsync();
        Assert.False((await bo.Page.Context.APIRequest.GetAsync($"{site.Api.Address}api/projects/{project}")).Ok);   // the item, not what it belongs to
    }

    private static async Task AddAsync(Visitor visitor, string button, string name, string? kind = null)
    {
        await visitor.ClickAsync(button);
        if (kind is not null)
        {
            await visitor.Page.SelectOptionAsync("#place-kind", new SelectOptionValue { Label = kind });
        }

        await visitor.Page.FillAsync("#place-name", name);
        await visitor.Page.Locator("#place-name").PressAsync("Tab");
        await visitor.Page.Locator("form").Filter(new() { Has = visitor.Page.Locator("#place-name") }).GetByText("Add it").ClickAsync();
        await visitor.Page.Locator("#place-name").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
