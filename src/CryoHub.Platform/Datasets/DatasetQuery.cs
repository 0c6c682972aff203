using System.Linq.Expressions;
using CryoHub.Platform.Search;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Datasets;

/// <summary>Filter and order of data sets as SQL.</summary>
internal static class DatasetQuery
{
    /// <summary>Only what is asked for becomes a condition, so that the database sees which index helps.</summary>
    public static IQueryable<Dataset> Matching(this IQueryable<Dataset> datasets, DatasetFilter filter)
    {
        if (SearchWords.ToQuery(filter.Text) is { } words)
        {
            datasets = datasets.Where(d => d.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)));
        }

        return datasets
            .If(filter.ProjectId is not null, d => d.ProjectId == filter.ProjectId)
            .If(filter.SampleId is not null, d => d.SampleId == filter.SampleId)
            .If(filter.SessionId is not null, d => d.SessionId == filter.SessionId)
            .If(!string.IsNullOrEmpty(filter.Kind), d => d.Kind == filter.Kind)
            .If(!string.IsNullOrEmpty(filter.Metal), d => d.Sample!.Metal == filter.Metal)
            .If(!string.IsNullOrEmpty(filter.Element), d => d.Elements.Contains(filter.Element!))
            .If(filter.MinBeamEnergyKeV is not null, d => d.BeamEnergyKeV >= filter.MinBeamEnergyKeV)
            .If(filter.MaxBeamEnergyKeV is not null, d => d.BeamEnergyKeV <= filter.MaxBeamEnergyKeV)
            .If(filter.From is not null, d => (d.AcquiredAt ?? d.CreatedAt) >= filter.From!.Value.ToUniversalTime())
            .If(filter.To is not null, d => (d.AcquiredAt ?? d.CreatedAt) < filter.To!.Value.ToUniversalTime())
            .If(filter.Computed is not null, d => (d.ResultId != null) == filter.Computed)
            .If(filter.Status is not null, d => d.Status == filter.Status);
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

    private static IQueryable<Dataset> If(this IQueryable<Dataset> datasets, bool asked, Expression<Func<Dataset, bool>> condition) => asked ? datasets.Where(condition) : datasets;
}
