using System.Net;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

/// <summary>The clinic's set-up, its products, outlines and the forms of recalls.</summary>
public sealed class ClinicTests(SharedServer shared)
{
    private readonly ServerProcess server = shared.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(" ab 12-3", "AB123")]
    [InlineData("Lô–7−9", "LÔ79")]
    [InlineData("A/1.2", "A/1.2")]
    [InlineData("Lo\u0302 7", "L\u00D47")]
    public void Lots_are_compared_without_spaces_dashes_and_case(string typed, string key) => Assert.Equal(key, LotKeys.Of(typed));

    [Fact]
    public async Task Settings_are_kept_and_an_older_page_does_not_overwrite_them()
    {
        using HttpClient administrator = await server.SignInAsync("administrator");
        long revision = long.Parse((await administrator.GetStringAsync("/clinic", Cancelled)).Split("Form.Revision\" value=\"")[1].Split('"')[0], System.Globalization.CultureInfo.InvariantCulture);
        Dictionary<string, string> fields = Settings("Phòng khám An Bình", revision);
        fields["Form.TimeZone"] = "Asia/Hanoi";
        string refused = await PostAsync(administrator, "/clinic", fields);
        Assert.Contains("id=\"form-timezone-problem\"", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"Asia/Hanoi\"", refused, StringComparison.Ordinal);
        fields["Form.TimeZone"] = "Asia/Ho_Chi_Minh";
        Assert.Contains("role=\"status\"", await PostAsync(administrator, "/clinic", fields), StringComparison.Ordinal);
        string late = await PostAsync(administrator, "/clinic", Settings("Other name", revision));
        Assert.Contains("role=\"alert\"", late, StringComparison.Ordinal);
        Assert.Contains("value=\"Other name\"", late, StringComparison.Ordinal);
        Assert.Contains("value=\"Phòng khám An Bình\"", WebUtility.HtmlDecode(await administrator.GetStringAsync("/clinic", Cancelled)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_salon_cannot_be_permitted_to_place_threads()
    {
        using HttpClient administrator = await server.SignInAsync("administrator");
        string page = await PostAsync(administrator, "/clinic/facilities/new", new()
        {
            ["_handler"] = "facility",
            ["Form.Name"] = "Beauty corner",
            ["Form.Kind"] = "NotMedical",
            ["Form.PermitsThreadLift"] = "true",
        });
        Assert.Contains("id=\"permits-problem\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Beauty corner", await administrator.GetStringAsync("/clinic/facilities", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_days_without_anybody_on_call_are_shown_to_all_staff()
    {
        using ServerProcess own = await ServerProcess.StartAsync();
        using HttpClient administrator = await own.SignInAsync("administrator");
        string page = await administrator.GetStringAsync("/clinic/on-call", Cancelled);
        foreach (string turn in page.Split("/clinic/on-call/").Skip(1).Select(rest => rest[..36]))
        {
            using HttpResponseMessage emptied = await administrator.PostFormAsync("/clinic/on-call", $"/clinic/on-call/{turn}/remove", []);
            page = await emptied.Content.ReadAsStringAsync(Cancelled);
        }

        string first = page.Split("name=\"Form.From\"")[1].Split("value=\"")[1].Split('"')[0];
        string last = page.Split("name=\"Form.Until\"")[1].Split("value=\"")[1].Split('"')[0];
        string who = page.Split("name=\"Form.Who\"")[1].Split("<option value=\"")[2].Split('"')[0];
        Assert.Contains("(30 days)", page, StringComparison.Ordinal);
        string added = await PostAsync(administrator, "/clinic/on-call", new() { ["_handler"] = "turn", ["Form.Who"] = who, ["Form.From"] = first, ["Form.Until"] = last });
        Assert.Contains("Somebody is on call on each of the next 30 days", added, StringComparison.Ordinal);
        using HttpClient coordinator = await own.SignInAsync("coordinator");
        Assert.Contains("Somebody is on call on each of the next 30 days", await coordinator.GetStringAsync("/on-call", Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Absorbable", "no", "form-absorbable-problem")]
    [InlineData("Form.Material", "other", "form-material-problem")]
    [InlineData("Form.DeviceIdentifier", "09521234000098", "form-deviceidentifier-problem")]
    [InlineData("Form.Sheet", "Polydioxanone (PDO), a polyglycolide, absorbed in 60 to 90 days", "form-sheet-problem")]
    [InlineData("Form.Sheet", "PDO: poly glycolic acid", "form-sheet-problem")]
    [InlineData("Form.Sheet", "Barbed polypropylene thread", "form-sheet-problem")]
    [InlineData("Form.Sheet", "A fine thread of PLLA", "form-sheet-problem")]
    public async Task A_product_that_cannot_be_right_is_refused_beside_its_field(string field, string value, string problem)
    {
        using HttpClient administrator = await server.SignInAsync("administrator");
        Dictionary<string, string> fields = Product("Refused thread");
        fields[field] = value;
        string page = await PostAsync(administrator, "/clinic/products/new", fields);
        Assert.Contains($"id=\"{problem}\"", page, StringComparison.Ordinal);
        Assert.Contains("Refused thread", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Refused thread", await administrator.GetStringAsync("/clinic/products", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_catalogue_begins_with_marked_examples_and_takes_the_clinics_own()
    {
        using HttpClient administrator = await server.SignInAsync("administrator");
        Dictionary<string, string> fields = Product("Lift thread A");
        fields["Form.Sheet"] = "Absorbable barbed thread of polydioxanone (PDO).";
        fields["Form.DiameterMm"] = "0,35";
        string page = await PostAsync(administrator, "/clinic/products/new", fields);
        Assert.Equal(4, page.Split("tag example").Length - 1);
        Assert.Contains("Lift thread A", page, StringComparison.Ordinal);
        Assert.Contains("0.35 mm", page, StringComparison.Ordinal);
        Assert.Contains("Example barbed PDO thread", page, StringComparison.Ordinal);
    }

    internal static async Task<string> PostAsync(HttpClient client, string page, Dictionary<string, string> fields)
    {
        using HttpResponseMessage response = await client.PostFormAsync(page, page, fields);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancelled));
    }

    private static Dictionary<string, string> Settings(string name, long revision) => new()
    {
        ["_handler"] = "settings",
        ["Form.Name"] = name,
        ["Form.Phone"] = "028 3822 0000",
        ["Form.EmergencyHospital"] = "Bệnh viện Chợ Rẫy",
        ["Form.TimeZone"] = "Asia/Ho_Chi_Minh",
        ["Form.Language"] = "vi",
        ["Form.Revision"] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, string> Product(string name) => new()
    {
        ["_handler"] = "product",
        ["Form.Name"] = name,
        ["Form.Maker"] = "A maker",
        ["Form.Material"] = "PDO",
        ["Form.Absorbable"] = "yes",
        ["Form.Barbs"] = "Cut",
        ["Form.Revision"] = "1",
    };
}
