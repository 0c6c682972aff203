using System.Globalization;
using CryoHub.Platform.Custody;
using CryoHub.Web.Features.Labels;
using CryoHub.Web.Features.Steps;
using CryoHub.Web.Pdf;

namespace CryoHub.Web.Features.Custody;

/// <summary>What travels with a shipment: labs, hazard classes, how long it stays cold, and every item with its code to scan at arrival.</summary>
internal static class PackingList
{
    private const double Width = 210, Height = 297, Left = 18, Right = 192, RowHeight = 13, Qr = 8, Bottom = 275;

    public static byte[] Pdf(ShipmentDetails shipment)
    {
        var document = new PdfDocument($"Packing list, {shipment.Title}");
        var page = document.AddPage(Width, Height);
        var at = Head(page, shipment);
        for (var i = 0; i < shipment.Items.Count; i++)
        {
            if (at + RowHeight > Bottom)
            {
                page = document.AddPage(Width, Height);
                page.Fit($"{shipment.Title}, continued", 4, Left, 20, Right - Left);
                at = 28;
            }

            Row(page, shipment.Items[i], i + 1, at);
            at += RowHeight;
        }

        return document.ToArray();
    }

    private static double Head(PdfPage page, ShipmentDetails shipment)
    {
        page.Fit("Packing list", 7, Left, 24, 90);
        page.Fit(shipment.Title, 4.5, Left, 33, Right - Left);
        var at = 43.0;
        Fact("From", shipment.FromLab);
        Fact("To", shipment.ToLab);
        foreach (var hazard in shipment.Hazards)
        {
            Fact(hazard == shipment.Hazards[0] ? "Contents" : "", hazard.Words);
        }

        Fact("Container", shipment.Container.Length > 0 ? shipment.Container : "not named");
        Fact("Stays cold", shipment.HoldsUntil is { } until ? $"until {StepWords.When(until)} (filled {StepWords.When(shipment.FilledAt!.Value)}, holds {shipment.Hold})" : "not stated");
        if (shipment.Carrier.Length > 0)
        {
            Fact("Carrier", shipment.Carrier);
        }

        if (shipment.SentAt is { } sent)
        {
            Fact("Sent", $"{StepWords.When(sent)} by {shipment.SentBy}");
        }

        if (shipment.Notes.Length > 0)
        {
            Fact("Notes", shipment.Notes.ReplaceLineEndings(" "));
        }

        page.Fit($"{shipment.Items.Count} items; at arrival scan each, look at it and say how it is.", 3.2, Left, at + 5, Right - Left);
        page.Fill([(Left, at + 8, Right - Left, 0.3)]);
        return at + 9;

        void Fact(string name, string value)
        {
            page.Fit(name, 3.2, Left, at, 26);
            page.Fit(value, 3.2, Left + 28, at, Right - Left - 28);
            at += 5.5;
        }
    }

    private static void Row(PdfPage page, PackedItem item, int number, double top)
    {
        var middle = top + (RowHeight / 2);
        page.Fit(number.ToString(CultureInfo.InvariantCulture), 3.2, Left, middle + 1.2, 8);
        page.Fit(item.Item.Name, 4, Left + 10, middle + 0.5, 70);
        page.Fit(item.Metal.Length > 0 ? $"{item.Item.Kind}, {item.Metal}" : $"{item.Item.Kind}", 2.8, Left + 10, middle + 4.2, 70);
        if (item.Code.Length > 0)
        {
            page.Fit(item.Code, 3.2, Left + 90, middle + 1.2, 45);
            var module = Qr / LabelQr.Modules;
            page.Fill(LabelQr.Runs(item.Code).Select(run => (Left + 140 + (run.First * module), top + ((RowHeight - Qr) / 2) + (run.Row * module), run.Count * module, module)));
        }
        else
        {
            page.Fit("no label", 3.2, Left + 90, middle + 1.2, 45);
        }

        page.Fill([(Right - 12, middle - 2.5, 5, 0.3), (Right - 12, middle + 2.2, 5, 0.3), (Right - 12, middle - 2.5, 0.3, 5), (Right - 7.3, middle - 2.5, 0.3, 5), (Left, top + RowHeight, Right - Left, 0.15)]);
    }
}
