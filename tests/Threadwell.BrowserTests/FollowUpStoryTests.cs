using System.Globalization;
using Microsoft.Playwright;
using Threadwell.Tests.Shared;

namespace Threadwell.BrowserTests;

/// <summary>A visit after a treatment as a doctor records it: scales, the day's scan, and what it shows.</summary>
public sealed class FollowUpStoryTests(Browser browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_doctor_records_the_visit_at_six_months_uploads_its_scan_and_sees_what_changed()
    {
        // In the short tests a visit and its scan are part of RecoveryStoryTests.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        await using WatchedPage page = await browser.OpenAsync();
        await page.Page.GotoAsync("/patients?q=kim");
        await page.Page.Locator(".patient-list h2 a").First.ClickAsync();
        string treatment = await page.Page.Locator(".record-timeline a[href^='/treatments/']").First.GetAttributeAsync("href") ?? "";

        // What the demonstration holds: a complication with its thread and lot, and the visit at three months.
        await page.Page.GetByText("Complication: Thread shows or comes out").ClickAsync();
        await page.Page.Locator("a[href^='/recall?lot=']").First.WaitForAsync();
        await page.PictureAsync("complication");
        await page.Page.GotoAsync(treatment + "/outcome");
        await page.Page.Locator("[href$='/visits/new']").Last.ClickAsync();
        await page.Page.GetByLabel("The doctor finds").SelectOptionAsync("2");
        await page.Page.GetByLabel("The patient finds").SelectOptionAsync("1");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Record the visit" }).ClickAsync();
        await page.Page.ReachesAsync("**/visits/*");
        await page.Page.GetByText("There is no scan of this visit yet.").WaitForAsync();

        // The sample patient's own file: nothing has changed, and the page says within which error.
        string scan = await browser.Server.SampleAsync();
        byte[] content = await browser.Server.Http.GetByteArrayAsync(new Uri($"/api/scans/{scan}/file", UriKind.Relative), Cancelled);
        await page.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "month6.glb", MimeType = "model/gltf-binary", Buffer = content });
        ILocator lift = page.Page.GetByText("Lift along the skin was not measured");
        await lift.WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
        await page.Page.Locator(".outcome-picture img").ScrollIntoViewIfNeededAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.outcome-picture img').naturalWidth > 0");
        string quality = await page.Page.GetByText("Unchanged skin repeats to").InnerTextAsync();
        Assert.InRange(double.Parse(quality.Split(' ')[4], CultureInfo.InvariantCulture), 0, 0.2);
        await page.AccessibleAsync("a measured visit");
        await page.FitsAsync("a measured visit");
        await page.PictureAsync("visit-measured", wholePage: true);

        await page.Page.GotoAsync(treatment + "/outcome");
        await page.Page.Locator("svg.wide").WaitForAsync();
        Assert.Equal(2, await page.Page.Locator(".outcome-table tbody tr:has(a)").CountAsync());
        await page.AccessibleAsync("an outcome");
        await page.PictureAsync("outcome", wholePage: true);
        page.IsClean();
    }
}
