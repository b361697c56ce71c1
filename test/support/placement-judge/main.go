// What TiDB and PD make of placement policies, by their own code: `placement-judge` takes questions in JSON, each
// with texts of SQL and the labels of stores, and writes for each text the policies that TiDB's parser finds in it, and which stores PD puts data on.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/pingcap/kvproto/pkg/metapb"
	"github.com/pingcap/tidb/pkg/parser"
	"github.com/pingcap/tidb/pkg/parser/ast"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver"
	"github.com/tikv/pd/pkg/core"
	"github.com/tikv/pd/pkg/schedule/placement"
	"gopkg.in/yaml.v2"
)

type label struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type question struct {
	Texts  []string  `json:"texts"`
	Stores [][]label `json:"stores"`
}

type answer struct {
	// Why TiDB refuses the text.
	Error    string   `json:"error,omitempty"`
	Policies []policy `json:"policies"`
}

type policy struct {
	Verb    string            `json:"verb"`
	Name    string            `json:"name"`
	Options map[string]string `json:"options"`
	// The positions of the stores that each rule of CONSTRAINTS matches, by the constraint as it is written; a list has one
	// rule, which is called by the whole text.
	Matches map[string][]int `json:"matches"`
	// Why CONSTRAINTS has no meaning.
	Error string `json:"error,omitempty"`
}

var names = map[ast.PlacementOptionType]string{
	ast.PlacementOptionPrimaryRegion:       "PRIMARY_REGION",
	ast.PlacementOptionRegions:             "REGIONS",
	ast.PlacementOptionFollowerCount:       "FOLLOWERS",
	ast.PlacementOptionVoterCount:          "VOTERS",
	ast.PlacementOptionLearnerCount:        "LEARNERS",
	ast.PlacementOptionSchedule:            "SCHEDULE",
	ast.PlacementOptionConstraints:         "CONSTRAINTS",
	ast.PlacementOptionLeaderConstraints:   "LEADER_CONSTRAINTS",
	ast.PlacementOptionFollowerConstraints: "FOLLOWER_CONSTRAINTS",
	ast.PlacementOptionVoterConstraints:    "VOTER_CONSTRAINTS",
	ast.PlacementOptionLearnerConstraints:  "LEARNER_CONSTRAINTS",
	ast.PlacementOptionSurvivalPreferences: "SURVIVAL_PREFERENCES",
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println("placement-judge with the code of TiDB and PD")
		return
	}
	if err := judge(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judge(in io.Reader, out io.Writer) error {
	var questions []question
	if err := json.NewDecoder(in).Decode(&questions); err != nil {
		return err
	}
	all := [][]answer{}
	for _, asked := range questions {
		all = append(all, answersTo(asked))
	}
	return json.NewEncoder(out).Encode(all)
}

func answersTo(asked question) []answer {
	stores := []*core.StoreInfo{}
	for index, labels := range asked.Stores {
		store := &metapb.Store{Id: uint64(index + 1)}
		for _, one := range labels {
			store.Labels = append(store.Labels, &metapb.StoreLabel{Key: one.Key, Value: one.Value})
		}
		stores = append(stores, core.NewStoreInfo(store))
	}
	answers := []answer{}
	for _, text := range asked.Texts {
		answers = append(answers, read(text, stores))
	}
	return answers
}

func read(text string, stores []*core.StoreInfo) answer {
	statements, _, err := parser.New().Parse(text, "", "")
	if err != nil {
		return answer{Error: err.Error(), Policies: []policy{}}
	}
	found := answer{Policies: []policy{}}
	for _, statement := range statements {
		switch one := statement.(type) {
		case *ast.CreatePlacementPolicyStmt:
			found.Policies = append(found.Policies, policyOf("CREATE", one.PolicyName.O, one.PlacementOptions, stores))
		case *ast.AlterPlacementPolicyStmt:
			found.Policies = append(found.Policies, policyOf("ALTER", one.PolicyName.O, one.PlacementOptions, stores))
		}
	}
	return found
}

func policyOf(verb, name string, options []*ast.PlacementOption, stores []*core.StoreInfo) policy {
	made := policy{Verb: verb, Name: name, Options: map[string]string{}, Matches: map[string][]int{}}
	for _, option := range options {
		value := option.StrValue
		switch option.Tp {
		case ast.PlacementOptionFollowerCount, ast.PlacementOptionVoterCount, ast.PlacementOptionLearnerCount:
			value = fmt.Sprint(option.UintValue)
		}
		made.Options[names[option.Tp]] = value
	}
	if text, ok := made.Options["CONSTRAINTS"]; ok {
		if err := match(text, stores, made.Matches); err != nil {
			made.Error = err.Error()
		}
	}
	return made
}

// A text of CONSTRAINTS is a list, or a map with the number of replicas, as TiDB reads them.
func match(text string, stores []*core.StoreInfo, matches map[string][]int) error {
	list := []string{}
	if err := yaml.UnmarshalStrict([]byte(text), &list); err == nil {
		return matchOne(text, list, stores, matches)
	}
	counts := map[string]int{}
	if err := yaml.UnmarshalStrict([]byte(text), &counts); err != nil {
		return err
	}
	for constraints, count := range counts {
		if count <= 0 {
			return fmt.Errorf("%s: %d replicas", constraints, count)
		}
		if err := matchOne(constraints, strings.Split(constraints, ","), stores, matches); err != nil {
			return err
		}
	}
	return nil
}

func matchOne(name string, texts []string, stores []*core.StoreInfo, matches map[string][]int) error {
	constraints := []placement.LabelConstraint{}
	for _, text := range texts {
		text = strings.TrimSpace(text)
		if strings.HasPrefix(text, "#") {
			continue
		}
		operations := map[byte]placement.LabelConstraintOp{'+': placement.In, '-': placement.NotIn}
		if len(text) < 4 || operations[text[0]] == "" {
			return errors.New("no constraint: " + text)
		}
		parts := strings.Split(text[1:], "=")
		if len(parts) != 2 || strings.TrimSpace(parts[0]) == "" || strings.TrimSpace(parts[1]) == "" {
			return errors.New("no constraint: " + text)
		}
		constraints = append(constraints, placement.LabelConstraint{
			Key:    strings.TrimSpace(parts[0]),
			Op:     operations[text[0]],
			Values: strings.Split(strings.TrimSpace(parts[1]), ","),
		})
	}
	matches[name] = []int{}
	for index, store := range stores {
		if placement.MatchLabelConstraints(store, constraints) {
			matches[name] = append(matches[name], index)
		}
	}
	return nil
}
