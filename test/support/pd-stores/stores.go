package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/pingcap/kvproto/pkg/metapb"
	"github.com/pingcap/kvproto/pkg/pdpb"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

const version = "8.1.0"

// stores are all stores of a cluster, and its regions.
type stores struct {
	sync.Mutex
	ctx     context.Context
	urls    []string
	client  pdpb.PDClient
	cluster uint64
	all     map[uint64]*store
	regions []*held
}

// store is a process that sends heartbeats; while it has stopped there is nothing to cancel.
type store struct {
	meta   *metapb.Store
	stream pdpb.PD_RegionHeartbeatClient
	cancel context.CancelFunc
}

func connect(ctx context.Context, urls []string) (*stores, error) {
	s := &stores{ctx: ctx, urls: urls, all: map[uint64]*store{}}
	deadline := time.Now().Add(time.Minute)
	for {
		err := s.findLeader()
		if err == nil || time.Now().After(deadline) {
			return s, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// findLeader asks the members which of them leads, and talks to that one from now on.
func (s *stores) findLeader() error {
	err := fmt.Errorf("no member of PD answers")
	for _, url := range s.urls {
		var members *pdpb.GetMembersResponse
		if members, err = membersAt(s.ctx, url); err != nil || members.GetLeader() == nil {
			continue
		}
		leader := members.GetLeader().GetClientUrls()[0]
		if members, err = membersAt(s.ctx, leader); err != nil {
			continue
		}
		client, dialed := dial(leader)
		if dialed != nil {
			return dialed
		}
		s.Lock()
		s.client, s.cluster = client, members.GetHeader().GetClusterId()
		s.Unlock()
		return nil
	}
	return err
}

func membersAt(ctx context.Context, url string) (*pdpb.GetMembersResponse, error) {
	client, err := dial(url)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return client.GetMembers(ctx, &pdpb.GetMembersRequest{})
}

func dial(url string) (pdpb.PDClient, error) {
	address := strings.TrimPrefix(url, "http://")
	connection, err := grpc.Dial(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	return pdpb.NewPDClient(connection), err
}

func (s *stores) header() *pdpb.RequestHeader { return &pdpb.RequestHeader{ClusterId: s.cluster} }

func (s *stores) newID() (uint64, error) {
	answered, err := s.client.AllocID(s.ctx, &pdpb.AllocIDRequest{Header: s.header()})
	return answered.GetId(), err
}

// put registers a store; the first one bootstraps the cluster.
func (s *stores) put(address string, labels map[string]string) (uint64, error) {
	id, err := s.newID()
	if err != nil {
		return 0, err
	}
	meta := &metapb.Store{Id: id, Address: address, Version: version, StatusAddress: address}
	for key, value := range labels {
		meta.Labels = append(meta.Labels, &metapb.StoreLabel{Key: key, Value: value})
	}
	s.Lock()
	isFirst := len(s.all) == 0
	s.all[id] = &store{meta: meta}
	s.Unlock()
	if isFirst {
		if err := s.bootstrap(meta); err != nil {
			return 0, err
		}
	}
	return id, s.start(id)
}

func (s *stores) bootstrap(meta *metapb.Store) error {
	first, err := s.newRegion([]uint64{meta.Id})
	if err != nil {
		return err
	}
	answered, err := s.client.Bootstrap(s.ctx, &pdpb.BootstrapRequest{Header: s.header(), Store: meta, Region: first.meta})
	if err == nil && answered.GetHeader().GetError() != nil {
		err = fmt.Errorf("%v", answered.GetHeader().GetError())
	}
	s.regions = []*held{first}
	return err
}

// start has a store say that it has just started, and send heartbeats from now on.
func (s *stores) start(id uint64) error {
	s.Lock()
	one := s.all[id]
	s.Unlock()
	one.meta.StartTimestamp = time.Now().Unix()
	answered, err := s.client.PutStore(s.ctx, &pdpb.PutStoreRequest{Header: s.header(), Store: one.meta})
	if err != nil {
		return err
	}
	if said := answered.GetHeader().GetError(); said != nil {
		return fmt.Errorf("%s", said.GetMessage())
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.Lock()
	one.cancel = cancel
	s.Unlock()
	go s.sendHeartbeats(ctx, one)
	return s.heartbeat(one)
}

// open begins a stream for the heartbeats of regions.
func (s *stores) open(ctx context.Context, one *store) error {
	stream, err := s.client.RegionHeartbeat(ctx)
	if err != nil {
		return err
	}
	s.Lock()
	one.stream = stream
	s.Unlock()
	go s.obey(one, stream)
	return nil
}

func (s *stores) stop(id uint64) error {
	s.Lock()
	defer s.Unlock()
	one := s.all[id]
	if one.cancel != nil {
		one.cancel()
	}
	one.stream, one.cancel = nil, nil
	for _, held := range s.regions {
		held.elect(s.all)
	}
	return nil
}

func (s *stores) sendHeartbeats(ctx context.Context, one *store) {
	for ctx.Err() == nil {
		if s.heartbeat(one) != nil {
			_ = s.findLeader()
		}
		s.Lock()
		isOpen := one.stream != nil
		s.Unlock()
		if !isOpen {
			_ = s.open(ctx, one)
		}
		s.Lock()
		for _, held := range s.regions {
			held.report(s)
		}
		s.Unlock()
		time.Sleep(time.Second)
	}
}

func (s *stores) heartbeat(one *store) error {
	s.Lock()
	count := 0
	for _, held := range s.regions {
		if held.peerOn(one.meta.Id) != nil {
			count++
		}
	}
	s.Unlock()
	const gib = 1 << 30
	stats := &pdpb.StoreStats{
		StoreId: one.meta.Id, Capacity: 100 * gib, Available: 80 * gib, UsedSize: 20 * gib,
		RegionCount: uint32(count), StartTime: uint32(one.meta.StartTimestamp),
	}
	request := &pdpb.StoreHeartbeatRequest{Header: s.header(), Stats: stats}
	ctx, cancel := context.WithTimeout(s.ctx, 2*time.Second)
	defer cancel()
	answered, err := s.client.StoreHeartbeat(ctx, request)
	if said := answered.GetHeader().GetError(); err == nil && said != nil {
		err = fmt.Errorf("%s", said.GetMessage())
	}
	return err
}
