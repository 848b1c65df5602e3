using System.Globalization;
using Microsoft.Playwright;
using NodaTime;

namespace Threadwell.BrowserTests;

/// <summary>Booking an appointment with the keyboard alone, in both languages.</summary>
public sealed class AppointmentStoryTests(Browser browser)
{
    [Theory]
    [InlineData("en", 1280, "09:00")]
    [InlineData("vi", 390, "10:00")]
    public async Task An_appointment_is_booked_with_the_keyboard_and_refused_at_its_field(string language, int width, string time)
    {
        await using WatchedPage page = await browser.OpenAsAsync("coordinator", width, language);
        await page.Page.GotoAsync("/calendar");
        await TabToAsync(page.Page, "main .page-head a.button");
        await EnterAsync(page.Page);
        await page.Page.ReachesAsync("**/calendar/new");
        await TabToAsync(page.Page, "#q");
        await page.Page.Keyboard.TypeAsync("hoang trang");
        await EnterAsync(page.Page);
        await page.Page.ReachesAsync("**/calendar/new?*q=*");
        await TabToAsync(page.Page, "main ul.links a");
        await EnterAsync(page.Page);
        await page.Page.ReachesAsync("**/calendar/new?patient=*");

        // A free time stands in the form already; another is typed over it: before the clinic opens.
        string day = DayAhead();
        await TypeAsync(page.Page, "#form-day", day);
        await TypeAsync(page.Page, "#form-time", "05:00");
        await EnterAsync(page.Page);
        ILocator problem = page.Page.Locator("#form-time-problem");
        await problem.WaitForAsync();
        Assert.Contains("08:00–12:00", await problem.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("form-time-problem", await page.Id("form-time").GetAttributeAsync("aria-describedby") ?? "", StringComparison.Ordinal);
        await page.AccessibleAsync($"a refused appointment {language}");
        await page.PictureAsync($"appointment-refused-{language}-{width}");

        await TypeAsync(page.Page, "#form-time", time);
        await TabToAsync(page.Page, "main form.clinic-form button.primary");
        await EnterAsync(page.Page);
        await page.Page.ReachesAsync("**/calendar/0*?done=booked");
        Assert.Contains("Hoàng Thu Trang", await page.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        await page.AccessibleAsync($"an appointment {language}");
        await page.FitsAsync($"an appointment {language}");
        await page.PictureAsync($"appointment-{language}-{width}");
        page.IsClean();
    }

    // A week on: the next day where that is a Sunday, on which the demonstration clinic is closed, and past New Year.
    private static string DayAhead()
    {
        LocalDate day = SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"]).Date.PlusDays(8);
        while (day.DayOfWeek == IsoDayOfWeek.Sunday || day is { Day: 1, Month: 1 })
        {
            day = day.PlusDays(1);
        }

        return day.ToString("dd/MM/uuuu", CultureInfo.InvariantCulture);
    }

    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await TabToAsync(page, field);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Presses Enter until it asks the server for something: a busy browser drops a key now and then, and whoever sits there presses it again.</summary>
    private static async Task EnterAsync(IPage page)
    {
        const int Attempts = 6;
        const float PatienceMs = 10_000;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await page.RunAndWaitForRequestAsync(() => page.Keyboard.PressAsync("Enter"), request => request.IsNavigationRequest, new PageRunAndWaitForRequestOptions { Timeout = PatienceMs });
                return;
            }
            catch (TimeoutException) when (attempt < Attempts)
            {
            }
        }
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (int step = 0; step < 80; step++)
        {
            if (await page.EvaluateAsync<bool>("(selector) => document.activeElement === document.querySelector(selector)", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not reach {selector}.");
    }
}
