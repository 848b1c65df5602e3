using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Storage;
using Threadwell.Tests.Shared;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>Two administrators open the same page: the second who saves is told, and nothing of the first one's is lost.</summary>
public sealed class ClinicRevisionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_older_page_of_a_facility_or_licence_overwrites_nothing()
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        await using AsyncServiceScope scope = app.App.Services.CreateAsyncScope();
        ThreadwellContext database = scope.ServiceProvider.GetRequiredService<ThreadwellContext>();
        Guid facility = await database.Facilities.Select(row => row.Id).SingleAsync(Cancelled);
        Guid licence = await database.StaffLicences.Select(row => row.Id).SingleAsync(Cancelled);
        using HttpClient administrator = await app.SignInAsync("administrator@demo");
        string place = $"/clinic/facilities/{facility}";
        Dictionary<string, string> details = new() { ["_handler"] = "facility", ["Form.Revision"] = "1", ["Form.Name"] = "First name", ["Form.Kind"] = "SpecialistClinic", ["Form.LicenceNumber"] = "1", ["Form.LicenceFrom"] = "01/01/2020" };
        Assert.Equal(HttpStatusCode.Found, await SaveAsync(administrator, place, details, null));
        details["Form.Name"] = "Second name";
        Assert.Equal(HttpStatusCode.OK, await SaveAsync(administrator, place, details, "Second name"));
        Assert.Equal(("First name", 2L), await database.Facilities.AsNoTracking().Select(row => new ValueTuple<string, long>(row.Name, row.Revision)).SingleAsync(Cancelled));

        string paper = $"/clinic/licences/{licence}";
        Dictionary<string, string> held = new() { ["_handler"] = "licence", ["Form.Revision"] = "1", ["Form.Number"] = "N-1", ["Form.Specialty"] = "dermatology", ["Form.From"] = "01/01/2020" };
        Assert.Equal(HttpStatusCode.Found, await SaveAsync(administrator, paper, held, null));
        held["Form.Number"] = "N-2";
        Assert.Equal(HttpStatusCode.OK, await SaveAsync(administrator, paper, held, "N-2"));
        Assert.Equal(("N-1", 2L), await database.StaffLicences.AsNoTracking().Select(row => new ValueTuple<string, long>(row.Number, row.Revision)).SingleAsync(Cancelled));

        // A new one begins at 1.
        details["Form.Revision"] = "0";
        Assert.Equal(HttpStatusCode.Found, await SaveAsync(administrator, "/clinic/facilities/new", details, null));
        Assert.Equal(1L, await database.Facilities.Where(row => row.Name == "Second name").Select(row => row.Revision).SingleAsync(Cancelled));
    }

    // Where it is refused the message stands over the form, and what was typed is still there.
    private static async Task<HttpStatusCode> SaveAsync(HttpClient browser, string page, Dictionary<string, string> fields, string? kept)
    {
        using HttpResponseMessage answer = await browser.PostFormAsync(page, page, fields);
        if (kept is not null)
        {
            string shown = await answer.Content.ReadAsStringAsync(Cancelled);
            Assert.Contains("role=\"alert\"", shown, StringComparison.Ordinal);
            Assert.Contains($"value=\"{kept}\"", shown, StringComparison.Ordinal);
        }

        return answer.StatusCode;
    }
}
