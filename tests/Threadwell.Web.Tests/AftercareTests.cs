using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests;

/// <summary>The days after a treatment, from the record itself.</summary>
public sealed partial class AftercareTests(SharedServer shared)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_treatment_tells_what_to_do_today_and_when_to_call()
    {
        string treatment = await TreatmentAsync("viet");
        string page = await shared.Server.Http.GetStringAsync(treatment + "/aftercare", Cancelled);
        Assert.Contains("Today after your thread lift", page, StringComparison.Ordinal);

        // Another test may have set the clinic's number meanwhile; what is dialled is what is shown.
        Match call = Call().Match(page);
        Assert.True(call.Success);
        Assert.Equal(call.Groups["shown"].Value.Replace(" ", "", StringComparison.Ordinal), call.Groups["dialled"].Value);
        Assert.Contains("href=\"tel:115\"", page, StringComparison.Ordinal);
        Assert.Contains("antibiotics", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("data-level=\"emergency\"", page, StringComparison.Ordinal);
        Assert.Matches("/evidence/E-1[0-9]+", page);

        string card = await shared.Server.Http.GetStringAsync(treatment, Cancelled);
        Assert.Contains(treatment + "/aftercare", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    public async Task Sheet_and_calendar_are_handed_out(string language)
    {
        string treatment = await TreatmentAsync("viet");
        byte[] sheet = await shared.Server.Http.GetByteArrayAsync($"/api{treatment}/aftercare-sheet?language={language}", Cancelled);
        Assert.Equal("%PDF"u8.ToArray(), sheet[..4]);
        using HttpResponseMessage calendar = await shared.Server.Http.GetAsync(new Uri($"/api{treatment}/aftercare-calendar?language={language}", UriKind.Relative), Cancelled);
        Assert.Equal("text/calendar", calendar.Content.Headers.ContentType?.MediaType);
        string text = Encoding.UTF8.GetString(await calendar.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VALARM", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_treatment_is_signed_there_is_none_and_the_page_says_so()
    {
        string treatment = await TreatmentAsync("hanh");
        Assert.Contains("once the treatment has been signed", await shared.Server.Http.GetStringAsync(treatment + "/aftercare", Cancelled), StringComparison.Ordinal);
        foreach (string part in (string[])["aftercare-sheet", "aftercare-calendar"])
        {
            using HttpResponseMessage answer = await shared.Server.Http.GetAsync(new Uri($"/api{treatment}/{part}", UriKind.Relative), Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ask at the desk")]
    public async Task Without_a_number_to_call_nothing_is_told(string phone)
    {
        await using InProcessApp app = await InProcessApp.StartAsync();
        Guid treatment = default;
        await app.StoreAsync(async database =>
        {
            (await database.ClinicSettings.SingleAsync(Cancelled)).Phone = phone;
            treatment = await database.Treatments.Where(row => row.State == TreatmentState.Ended).OrderBy(row => row.Day).Select(row => row.Id).FirstAsync(Cancelled);
        });
        using HttpClient doctor = await app.SignInAsync("doctor@demo");
        string page = await doctor.GetStringAsync($"/treatments/{treatment}/aftercare", Cancelled);
        Assert.Contains("no telephone number that can be dialled", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tel:", page, StringComparison.Ordinal);
        foreach (string part in (string[])["aftercare-sheet", "aftercare-calendar"])
        {
            using HttpResponseMessage answer = await doctor.GetAsync(new Uri($"/api/treatments/{treatment}/{part}", UriKind.Relative), Cancelled);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
    }

    private async Task<string> TreatmentAsync(string name)
    {
        string list = await shared.Server.Http.GetStringAsync($"/patients?q={name}", Cancelled);
        string record = await shared.Server.Http.GetStringAsync(Record().Match(list).Groups["address"].Value, Cancelled);
        return Treatment().Match(record).Groups["address"].Value;
    }

    [GeneratedRegex("href=\"tel:(?<dialled>[0-9]{9,12})\">Call the clinic: (?<shown>[0-9 ]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();

    [GeneratedRegex("href=\"(?<address>/patients/0[^\"/]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();

    [GeneratedRegex("href=\"(?<address>/treatments/[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Treatment();
}
