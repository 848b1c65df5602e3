using Threadwell.Geometry;
using Threadwell.Web.Accounts.SignOn;

namespace Threadwell.Web.Tests.Access;

/// <summary>The file that joins the clinic's own sign-on; read without a server.</summary>
public sealed class SignOnFileTests
{
    [Theory]
    [InlineData("""{ "name": "H", "issuer": "http://sso.example", "clientId": "t" }""", "issuer")]
    [InlineData("""{ "name": "H", "issuer": "https://sso.example?x=1", "clientId": "t" }""", "issuer")]
    [InlineData("""{ "name": "", "issuer": "https://sso.example", "clientId": "t" }""", "name")]
    [InlineData("""{ "name": "H", "issuer": "https://sso.example", "clientId": "" }""", "clientId")]
    [InlineData("""{ "name": "H", "issuer": "https://sso.example", "clientID": "t" }""", "clientID")]
    public void A_file_that_is_not_of_the_form_is_refused_with_its_place(string content, string place)
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-oidc-").FullName;
        Write(folder, content);
        InvalidInputException refusal = Assert.Throws<InvalidInputException>(() => SignOnSettings.Read(folder));
        Assert.Contains(SignOnSettings.FileName, refusal.InputSource, StringComparison.Ordinal);
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_secret_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such rights.");
            return;
        }

        string folder = Directory.CreateTempSubdirectory("threadwell-oidc-").FullName;
        string file = Write(folder, """{ "name": "H", "issuer": "https://sso.example", "clientId": "t", "clientSecret": "s" }""");
        Assert.NotNull(SignOnSettings.Read(folder));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidInputException>(() => SignOnSettings.Read(folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    internal static string Write(string folder, string content)
    {
        string file = Path.Combine(folder, SignOnSettings.FileName);
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }
}
