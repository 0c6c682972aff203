using CryoHub.Platform.Search;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Datasets;

/// <summary>Filter and order of data sets as SQL.</summary>
internal static class DatasetQuery
{
    public static IQueryable<Dataset> Matching(this IQueryable<Dataset> datasets, DatasetFilter filter)
    {
        if (SearchWords.ToQuery(filter.Text) is { } words)
        {
            datasets = datasets.Where(d => d.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)));
        }

        if (!string.IsNullOrEmpty(filter.Element))
        {
            datasets = datasets.Where(d => d.Elements.Contains(filter.Element));
        }

        return datasets
            .Where(d => filter.ProjectId == null || d.ProjectId == filter.ProjectId)
            .Where(d => filter.SampleId == null || d.SampleId == filter.SampleId)
            .Where(d => filter.SessionId == null || d.SessionId == filter.SessionId)
            .Where(d => string.IsNullOrEmpty(filter.Kind) || d.Kind == filter.Kind)
            .Where(d => string.IsNullOrEmpty(filter.Metal) || d.Sample!.Metal == filter.Metal)
            .Where(d => filter.MinBeamEnergyKeV == null || d.BeamEnergyKeV >= filter.MinBeamEnergyKeV)
            .Where(d => filter.MaxBeamEnergyKeV == null || d.BeamEnergyKeV <= filter.MaxBeamEnergyKeV)
            .Where(d => filter.From == null || (d.AcquiredAt ?? d.CreatedAt) >= filter.From.Value.ToUniversalTime())
            .Where(d => filter.To == null || (d.AcquiredAt ?? d.CreatedAt) < filter.To.Value.ToUniversalTime())
            .Where(d => filter.Status == null || d.Status == filter.Status);
    }

    public static IQueryable<Dataset> InOrder(this IQueryable<Dataset> datasets, DatasetFilter filter) =>
        (filter.Order, filter.Descending) switch
        {
            (DatasetOrder.Name, false) => datasets.OrderBy(d => d.Name).ThenBy(d => d.Id),
            (DatasetOrder.Name, true) => datasets.OrderByDescending(d => d.Name).ThenBy(d => d.Id),
            (DatasetOrder.Acquired, false) => datasets.OrderBy(d => d.AcquiredAt).ThenBy(d => d.Id),
            (DatasetOrder.Acquired, true) => datasets.OrderByDescending(d => d.AcquiredAt).ThenBy(d => d.Id),
            (DatasetOrder.Size, false) => datasets.OrderBy(d => d.SizeBytes).ThenBy(d => d.Id),
            (DatasetOrder.Size, true) => datasets.OrderByDescending(d => d.SizeBytes).ThenBy(d => d.Id),
            (DatasetOrder.Kind, false) => datasets.OrderBy(d => d.Kind).ThenBy(d => d.Name).ThenBy(d => d.Id),
            (DatasetOrder.Kind, true) => datasets.OrderByDescending(d => d.Kind).ThenBy(d => d.Name).ThenBy(d => d.Id),
            (_, true) => datasets.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id),
            _ => datasets.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id),
        };
}
