// The platform runs this code. This page lists the namespaces that the code can use:
// https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code

public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        var response = await Context.SendAsync(Context.Request, CancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return response;
        }
        var answer = JObject.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false));
        var rates = (answer["rates"] as JObject ?? new JObject()).Properties()
            .Select(rate => new JObject { ["currency"] = rate.Name, ["rate"] = rate.Value });
        response.Content = CreateJsonContent(new JObject { ["value"] = new JArray(rates) }.ToString());
        return response;
    }
}
