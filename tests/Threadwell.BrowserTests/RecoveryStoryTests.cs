using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NodaTime;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Products;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Demonstration;
using Threadwell.Web.Tests.Access;

namespace Threadwell.BrowserTests;

/// <summary>One patient after her thread lift, on a clock that the test moves: home with her phone on day 0, well on day 1, a red on day 5, and her visit with a scan at three months.</summary>
public sealed class RecoveryStoryTests(Browser browser)
{
    private const string Name = "Đỗ Thị Hạnh";
    private const int PhoneWidth = 390;

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_day_of_treatment_over_a_red_on_day_five_to_the_scan_at_three_months()
    {
        Assert.SkipWhen(browser.Server is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        await using InProcessApp app = await InProcessApp.StartAsync();

        // Ten in the morning on a day on which the clinic is open: a Monday.
        LocalDate treated = app.Clock.GetCurrentInstant().InZone(Zone).Date.Next(IsoDayOfWeek.Monday);
        await AtAsync(app, treated, new LocalTime(10, 0));
        (Guid treatment, Guid scan) = await TreatAsync(app, treated);
        await using WatchedPage phone = await EnrolAsync(app, treatment);
        await WellOnDayOneAsync(app, phone, treatment, treated);
        await RedOnDayFiveAsync(app, phone, treatment, treated);
        await BookAndComeAsync(app, phone, treatment, scan, treated);
    }

    // Her treatment was booked for another day; it is signed now, with the threads of her plan.
    private static async Task<(Guid Treatment, Guid Scan)> TreatAsync(InProcessApp app, LocalDate day)
    {
        (Guid Treatment, Guid Scan) made = default;
        await app.StoreAsync(async context =>
        {
            Patient patient = await context.Patients.SingleAsync(row => row.FullName == Name, Cancelled);
            StoredTreatment booked = await context.Treatments.SingleAsync(row => row.PatientId == patient.Id, Cancelled);
            context.Appointments.RemoveRange(context.Appointments.Where(row => row.PatientId == patient.Id));
            context.Treatments.Remove(booked);
            PlanVersion version = await context.PlanVersions.SingleAsync(row => row.Id == booked.PlanVersionId, Cancelled);
            StoredPlan plan = await context.Plans.SingleAsync(row => row.Id == version.PlanId, Cancelled);
            Product product = await context.Products.OrderBy(row => row.Id).FirstAsync(row => row.IsExample && row.Material == "PDO", Cancelled);
            StoredTreatment ended = DemonstrationTreatment.Ended(patient.Id, version.Id, PlanJson.Parse<ThreadPlan>(Encoding.UTF8.GetBytes(version.PlanJson), Name), product, day, app.Clock.GetCurrentInstant() - Duration.FromHours(1));
            context.Treatments.Add(ended);
            made = (ended.Id, plan.ScanId);
        });
        return made;
    }

    // At the desk a link is drawn as a code; her phone opens it and is hers from then on.
    private async Task<WatchedPage> EnrolAsync(InProcessApp app, Guid treatment)
    {
        await using WatchedPage desk = await OpenAsync(app, "coordinator");
        await desk.Page.GotoAsync($"/treatments/{treatment}/enrol");
        await desk.Button("Make a link").ClickAsync();
        string link = await desk.Id("link").InnerTextAsync();
        desk.IsClean();

        WatchedPage phone = await OpenAsync(app, null, PhoneWidth, "vi");
        await phone.Page.GotoAsync(new Uri(link).AbsolutePath);
        await phone.Page.Locator("form[action='/enrol/use'] button").ClickAsync();
        await phone.Page.ReachesAsync($"**/treatments/{treatment}/aftercare");
        await phone.AccessibleAsync("the day of treatment");
        await phone.FitsAsync("the day of treatment");
        await phone.PictureAsync("story-day-0", wholePage: true);
        return phone;
    }

    private static async Task WellOnDayOneAsync(InProcessApp app, WatchedPage phone, Guid treatment, LocalDate treated)
    {
        await AtAsync(app, treated.PlusDays(1), new LocalTime(18, 0), phone);
        await WellAsync(phone, treatment);
        await phone.Page.Locator(".level[data-level='green']").WaitForAsync();
        await phone.PictureAsync("story-day-1", wholePage: true);
    }

    // Pus: red on the phone at once; red on the board, for a doctor; the doctor has it, speaks with her, sees her, and lowers what stands by name.
    private async Task RedOnDayFiveAsync(InProcessApp app, WatchedPage phone, Guid treatment, LocalDate treated)
    {
        await AtAsync(app, treated.PlusDays(5), new LocalTime(9, 0), phone);
        await CheckInAsync(phone, treatment);
        await phone.Id("sign-fluid").ClickAsync();
        await phone.Id("q-fluid-pus").CheckAsync();
        await phone.Page.Locator("#urgent[data-level='red']").WaitForAsync();
        await phone.Id("send-now").ClickAsync();
        await phone.Page.Locator(".level[data-level='red']").WaitForAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
        await phone.AccessibleAsync("a red on the phone");
        await phone.FitsAsync("a red on the phone");
        await phone.PictureAsync("story-day-5", wholePage: true);

        await using (WatchedPage desk = await OpenAsync(app, "coordinator"))
        {
            await desk.Page.GotoAsync("/board");
            ILocator card = desk.Page.Locator("[data-task][data-level='red']").Filter(new LocatorFilterOptions { HasText = Name });
            await card.GetByText("Day 5").First.WaitForAsync();
            await desk.AccessibleAsync("a board with a red");
            await desk.PictureAsync("story-board", wholePage: true);
            await card.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = Name }).First.ClickAsync();
            await desk.Page.GetByText("A red or an emergency is for a doctor").WaitForAsync();
            Assert.Equal(0, await desk.Button("I have it").CountAsync());
            await desk.PictureAsync("story-task-desk", wholePage: true);
            desk.IsClean();
        }

        await using (WatchedPage doctor = await OpenAsync(app, "doctor"))
        {
            await doctor.Page.GotoAsync("/board");
            await doctor.Page.Locator("[data-task][data-level='red']").Filter(new LocatorFilterOptions { HasText = Name }).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = Name }).First.ClickAsync();
            await doctor.Button("I have it").ClickAsync();
            await KeptAsync(doctor);
            await doctor.Id("contacted-text").FillAsync("Comes at 11.");
            await doctor.Page.Locator("form[action$='/contacted'] button").ClickAsync();
            await KeptAsync(doctor);
            await doctor.Page.Locator("details:has(form[action$='/seen']) > summary").ClickAsync();
            await doctor.Page.Locator("form[action$='/seen'] button").ClickAsync();
            await KeptAsync(doctor);
            await doctor.Page.Locator("details:has(form[action$='/close']) > summary").ClickAsync();
            await doctor.Id("close-reason").FillAsync("Stitch abscess at an entry; opened, sample taken.");
            await doctor.Id("close-to").SelectOptionAsync("amber");
            await doctor.Page.Locator("form[action$='/close'] button").ClickAsync();
            await KeptAsync(doctor);
            await doctor.AccessibleAsync("a closed red");
            await doctor.PictureAsync("story-task-closed", wholePage: true);
            doctor.IsClean();
        }

        // What the doctor lowered it to stands on the phone, too: a good day lowers it no further.
        await AtAsync(app, treated.PlusDays(7), new LocalTime(18, 0), phone);
        await WellAsync(phone, treatment);
        await phone.Page.Locator(".level[data-level='amber'][data-these='green'] .stands").WaitForAsync();
        await phone.FitsAsync("a level that stands");
        await phone.PictureAsync("story-lowered", wholePage: true);
    }

    // The visit at three months is booked from the list of what is due; she comes, is found better, is scanned, and the day's scan is laid on that of her plan.
    private async Task BookAndComeAsync(InProcessApp app, WatchedPage phone, Guid treatment, Guid scan, LocalDate treated)
    {
        await AtAsync(app, treated.PlusDays(80), new LocalTime(10, 0), phone);
        LocalDate day = default;
        await using (WatchedPage desk = await OpenAsync(app, "coordinator"))
        {
            await desk.Page.GotoAsync("/calendar");
            ILocator due = desk.Page.Locator(".due-list li").Filter(new LocatorFilterOptions { HasText = Name }).Filter(new LocatorFilterOptions { HasText = "3 months" });
            await due.Locator("form button").First.ClickAsync();
            await desk.Page.ReachesAsync("**/calendar/0*?done=booked");
            Guid booked = Guid.Parse(new Uri(desk.Page.Url).Segments[^1]);
            await desk.PictureAsync("story-booked", wholePage: true);
            desk.IsClean();
            await app.StoreAsync(async context => day = (await context.Appointments.SingleAsync(row => row.Id == booked, Cancelled)).StartsAt.InZone(Zone).Date);
        }

        Assert.InRange(Period.DaysBetween(treated, day), 80, 105);
        await AtAsync(app, day, new LocalTime(16, 0), phone);
        await using WatchedPage doctor = await OpenAsync(app, "doctor");
        await doctor.Page.GotoAsync($"/treatments/{treatment}/outcome");
        await doctor.Page.Locator("[href$='/visits/new']").Last.ClickAsync();
        await doctor.Page.GetByLabel("The doctor finds").SelectOptionAsync("2");
        await doctor.Page.GetByLabel("The patient finds").SelectOptionAsync("2");
        await doctor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Record the visit" }).ClickAsync();
        await doctor.Page.ReachesAsync("**/visits/*");
        IAPIResponse file = await doctor.Page.APIRequest.GetAsync($"/api/scans/{scan}/file");
        byte[] content = await file.BodyAsync();
        await doctor.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "month3.glb", MimeType = "model/gltf-binary", Buffer = content });
        await doctor.Page.GetByText("Unchanged skin repeats to").WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
        await doctor.AccessibleAsync("a measured visit");
        await doctor.FitsAsync("a measured visit");
        await doctor.PictureAsync("story-visit", wholePage: true);
        await doctor.Page.GotoAsync($"/treatments/{treatment}/outcome");
        await doctor.Page.Locator("svg.wide").WaitForAsync();
        await doctor.AccessibleAsync("an outcome at three months");
        await doctor.PictureAsync("story-outcome", wholePage: true);
        await doctor.Page.GotoAsync("/calendar");
        Assert.Equal(0, await doctor.Page.Locator(".due-list li").Filter(new LocatorFilterOptions { HasText = Name }).Filter(new LocatorFilterOptions { HasText = "3 months" }).CountAsync());
        doctor.IsClean();
        phone.IsClean();
    }

    private static async Task CheckInAsync(WatchedPage phone, Guid treatment)
    {
        await phone.Page.GotoAsync($"/treatments/{treatment}/aftercare");
        await phone.Page.Locator($"a[href='/treatments/{treatment}/check-in']").First.ClickAsync();
        await phone.Page.Locator("#check-in[data-ready='true'] .signs").WaitForAsync();
    }

    private static async Task WellAsync(WatchedPage phone, Guid treatment)
    {
        await CheckInAsync(phone, treatment);
        await phone.Id("none").ClickAsync();
        await CheckInTests.WellAsync(phone);
        await phone.Id("finish").ClickAsync();
        await phone.Page.Locator("#status[data-state='sent']").WaitForAsync();
    }

    private static Task KeptAsync(WatchedPage page) => page.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "Kept." }).WaitForAsync();

    // The app's clock and that of her phone.
    private static async Task AtAsync(InProcessApp app, LocalDate day, LocalTime time, WatchedPage? phone = null)
    {
        app.Clock.Ahead += Zone.AtLeniently(day + time).ToInstant() - app.Clock.GetCurrentInstant();
        if (phone is not null)
        {
            await phone.Page.Clock.SetSystemTimeAsync(app.Clock.GetCurrentInstant().ToDateTimeUtc());
        }
    }

    private async Task<WatchedPage> OpenAsync(InProcessApp app, string? role, int width = 1280, string language = "en")
    {
        string address = app.Address.GetLeftPart(UriPartial.Authority);
        var cookies = new CookieContainer();
        if (role is not null)
        {
            using var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = app.Address };
            using HttpResponseMessage answer = await client.PostFormAsync("/sign-in", "/sign-in/demonstration", new() { ["account"] = $"{role}@demo" });
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        }

        WatchedPage page = await browser.OpenElsewhereAsync(address, cookies.GetAllCookies(), width, language);
        await page.Page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = app.Clock.GetCurrentInstant().ToDateTimeUtc() });
        return page;
    }
}
