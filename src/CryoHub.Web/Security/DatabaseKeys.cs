using System.Xml.Linq;
using CryoHub.Platform;
using CryoHub.Platform.Security;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Web.Security;

/// <summary>Keeps the key ring of cookies and reset links in the database: all web hosts share it, restarts keep it.</summary>
internal sealed class DatabaseKeys(IDbContextFactory<CryoHubDb> dbs) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = dbs.CreateDbContext();
        return [.. db.DataProtectionKeys.OrderBy(key => key.Id).Select(key => key.Xml).ToList().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = dbs.CreateDbContext();
        db.Add(new DataProtectionKey { Id = Guid.CreateVersion7(), Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
